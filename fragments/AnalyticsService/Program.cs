using AnalyticsService;
using AnalyticsService.Fragments;
using AnalyticsService.Seed;

var builder = WebApplication.CreateBuilder(args);
builder.ListenByDefaultAt("http://localhost:3005");
builder.AddDatabase("analytics", VisitSchema.Migrations, VisitSeed.FillAsync);
builder.Services.AddSingleton<VisitStore>();
builder.Services.AddFragments(options => options.Service = "analytics");
builder.AddStitcherIdentity();

var app = builder.Build();
await app.PrepareDatabaseAsync();

app.UseFragmentAssets();
AnalyticsDashboard.Map(app);
app.MapSharedPackage("@shop/tokens", version: "1.0.1", entry: "tokens-1.0.1.js", requiredVersion: "^1.0.0", singleton: true);
app.MapNpmPackage("lit", singleton: true, strictVersion: true, family: "lit");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
