using OrderService;
using OrderService.Carts;
using OrderService.Checkouts;
using OrderService.Fragments;
using OrderService.Payments;
using OrderService.Shelves;

var builder = WebApplication.CreateBuilder(args);
builder.ListenByDefaultAt("http://localhost:3004");
builder.AddDatabase("orders", OrderSchema.Migrations);
builder.AddShelves();
builder.Services.AddSingleton<OrderStore>();
builder.Services.AddSingleton<CartStore>();
builder.Services.AddSingleton<CheckoutStore>();
builder.Services.AddSingleton<CheckoutTurns>();
builder.Services.AddSingleton<PaymentProvider>();
builder.Services.AddTransient<CheckoutDesk>();
builder.Services.AddSingleton(CheckoutSettlementOptions.From(builder.Configuration));
builder.Services.AddHostedService<CheckoutSettlement>();
builder.Services.AddFragments(options => options.Service = "orders");
builder.AddStitcherIdentity();

var app = builder.Build();
await app.PrepareDatabaseAsync();

app.UseFragmentAssets();
OrderHistory.Map(app);
OrderSummary.Map(app);
PaymentForm.Map(app);
CartBadge.Map(app);
CartEndpoints.Map(app);
CheckoutEndpoint.Map(app);
app.MapSharedPackage("@shop/format", version: "1.0.0", entry: "format-1.0.0.js", requiredVersion: "^1.0.0", singleton: true);
app.MapNpmPackage("clsx");
app.MapPublishedTopic(CartTopics.Added, schema: "{ id: number; name: string; quantity: number }");
app.MapPublishedTopic(CartTopics.Cart, retained: true, schema: "{ id: number; name: string; quantity: number; cents: number }[]");
app.MapPublishedTopic("order:selected", schema: "{ id: number }");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
