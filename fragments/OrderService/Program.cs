using OrderService;
using OrderService.Fragments;

var builder = WebApplication.CreateBuilder(args);
builder.ListenByDefaultAt("http://localhost:3004");
builder.AddDatabase("orders", OrderSchema.Migrations);
builder.Services.AddSingleton<OrderStore>();
builder.Services.AddFragments(options => options.Service = "orders");
builder.AddStitcherIdentity();

var app = builder.Build();
await app.PrepareDatabaseAsync();

app.UseFragmentAssets();
OrderHistory.Map(app);
app.MapSharedPackage("@shop/format", version: "1.0.0", entry: "format-1.0.0.js", requiredVersion: "^1.0.0", singleton: true);
app.MapNpmPackage("clsx");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
