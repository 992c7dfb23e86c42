using AnalyticsService;
using AnalyticsService.Fragments;
using Microsoft.Extensions.Configuration.Memory;

var builder = WebApplication.CreateBuilder(args);

// The last resort, behind --urls and ASPNETCORE_URLS; in appsettings.json it would win over the variable.
builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("urls", "http://localhost:3005")] });

var file = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Database"] ?? "data/analytics.db");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(services => new VisitDatabase(file, services.GetRequiredService<TimeProvider>()));
builder.Services.AddSingleton<VisitStore>();
builder.Services.AddFragments(options => options.Service = "analytics");

var app = builder.Build();
await app.Services.GetRequiredService<VisitDatabase>().PrepareAsync(CancellationToken.None);

app.UseFragmentAssets();
AnalyticsDashboard.Map(app);
app.MapSharedPackage("@shop/tokens", version: "1.0.1", entry: "tokens-1.0.1.js", requiredVersion: "^1.0.0", singleton: true);
app.MapNpmPackage("lit", singleton: true, strictVersion: true, family: "lit");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
