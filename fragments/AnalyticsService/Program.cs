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

app.UseStaticFiles();
AnalyticsDashboard.Map(app);
app.MapManifest();
app.MapFragmentGallery();

app.Run();
