using UserService;
using UserService.Fragments;

var builder = WebApplication.CreateBuilder(args);
builder.ListenByDefaultAt("http://localhost:3003");
builder.AddDatabase("users", UserSchema.Migrations);
builder.Services.AddSingleton<UserStore>();
builder.Services.AddFragments(options => options.Service = "users");
builder.AddStitcherIdentity();

var app = builder.Build();
await app.PrepareDatabaseAsync();

app.UseFragmentAssets();
UserProfile.Map(app);
app.MapNpmPackage("clsx");
app.MapSubscribedTopic("shop:kept");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
