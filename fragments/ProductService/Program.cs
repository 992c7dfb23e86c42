using ProductService;
using ProductService.Administration;
using ProductService.Api;
using ProductService.Fragments;
using ProductService.Pictures;
using ProductService.Purging;
using ProductService.Stock;

var builder = WebApplication.CreateBuilder(args);
builder.ListenByDefaultAt("http://localhost:3002");
builder.AddDatabase("products", ProductSchema.Migrations);
builder.Services.AddSingleton<ProductStore>();
builder.Services.AddSingleton<ProductEditing>();
builder.Services.AddSingleton<CategoryEditing>();
builder.Services.AddSingleton<StockTaking>();
builder.Services.AddFragments(options => options.Service = "products");
builder.AddGatewayPurge();
builder.AddStitcherIdentity();

var app = builder.Build();
await app.PrepareDatabaseAsync();

app.UseFragmentAssets();
ProductPictures.Map(app);
ProductCatalog.Map(app);
ProductCard.Map(app);
ProductSearch.Map(app);
ProductsPage.Map(app);
ProductForm.Map(app);
ProductFormEndpoints.Map(app);
ProductsAdmin.Map(app);
CategoryManager.Map(app);
CategoryEndpoints.Map(app);
ProductApi.Map(app);
StockEndpoints.Map(app);
app.MapSharedPackage("@shop/format", version: "1.1.0", entry: "format-1.1.0.js", requiredVersion: "^1.0.0", singleton: true);
app.MapSharedPackage("@shop/tokens", version: "1.0.0", entry: "tokens-1.0.0.js", requiredVersion: "^1.0.0", singleton: true);
app.MapNpmPackage("lit", singleton: true, strictVersion: true, family: "lit");
app.MapModule("Kept", "kept.js", "logic", "keptThings", "isKept", "toggleKept", "onKept");
app.MapModule("Product", "product.js", "logic", "Product", "rules", "validate", "parsePrice", "formatPrice");
app.MapModule("ProductStore", "product-store.js", "logic", "productStore", "createProductStore");
app.MapModule("ProductAPI", "product-api.js", "logic", "productApi", "createProductApi");
app.MapPublishedTopic("shop:kept", schema: "all things kept for later: id, name, cents");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
