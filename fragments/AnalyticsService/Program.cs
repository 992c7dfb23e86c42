using AnalyticsService;
using AnalyticsService.Fragments;
using AnalyticsService.Seed;
using AnalyticsService.Tracking;

var builder = WebApplication.CreateBuilder(args);
builder.ListenByDefaultAt("http://localhost:3005");
builder.AddDatabase("analytics", VisitSchema.Migrations, VisitSeed.FillAsync);
builder.Services.AddSingleton<VisitStore>();
builder.Services.AddSingleton<TrackStore>();
builder.Services.AddSingleton<TrackLimits>();
builder.Services.AddFragments(options => options.Service = "analytics");
builder.AddStitcherIdentity();

var app = builder.Build();
await app.PrepareDatabaseAsync();

app.UseFragmentAssets();
AnalyticsDashboard.Map(app);
EventTracker.Map(app);
TrackEndpoints.Map(app);
app.MapSubscribedTopic("currentRoute");
app.MapSubscribedTopic("product:selected");
app.MapSubscribedTopic("cart:item-added");
app.MapSubscribedTopic("user:changed");
app.MapSharedPackage("@shop/tokens", version: "1.1.0", entry: "tokens-1.1.0.js", requiredVersion: "^1.0.0", singleton: true);
app.MapNpmPackage("lit", singleton: true, strictVersion: true, family: "lit");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
