using Microsoft.Extensions.Configuration.Memory;
using OrderService;
using OrderService.Fragments;

var builder = WebApplication.CreateBuilder(args);

// The last resort, behind --urls and ASPNETCORE_URLS; in appsettings.json it would win over the variable.
builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("urls", "http://localhost:3004")] });

var file = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Database"] ?? "data/orders.db");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(services => new OrderDatabase(file, services.GetRequiredService<TimeProvider>()));
builder.Services.AddSingleton<OrderStore>();
builder.Services.AddFragments(options => options.Service = "orders");

var app = builder.Build();
await app.Services.GetRequiredService<OrderDatabase>().PrepareAsync(CancellationToken.None);

app.UseFragmentAssets();
OrderHistory.Map(app);
app.MapSharedPackage("@shop/format", version: "1.0.0", entry: "format-1.0.0.js", requiredVersion: "^1.0.0", singleton: true);
app.MapNpmPackage("clsx");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
