using UserService;
using UserService.Accounts;
using UserService.Fragments;

var builder = WebApplication.CreateBuilder(args);
builder.ListenByDefaultAt("http://localhost:3003");
builder.AddDatabase("users", UserSchema.Migrations);
builder.Services.AddSingleton<UserStore>();
builder.Services.AddSingleton<Passwords>();
builder.Services.AddSingleton<PasswordTurns>();
builder.Services.AddSingleton<SignInAttempts>();
builder.Services.AddFragments(options => options.Service = "users");
builder.AddStitcherIdentity();

var app = builder.Build();
await app.PrepareDatabaseAsync();

app.UseFragmentAssets();
UserProfile.Map(app);
LoginForm.Map(app);
UserPreferences.Map(app);
SignOut.Map(app);
app.MapNpmPackage("clsx");
app.MapPublishedTopic("user:logged-in", schema: "{ id: string; name: string }");
app.MapPublishedTopic("user:logged-out", schema: "null");
app.MapPublishedTopic("user:changed", schema: "{ id: string; name: string; role: string | null } | null");
app.MapPublishedTopic("theme:changed", schema: "'light' | 'dark' | 'system'");
app.MapSubscribedTopic("shop:kept");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
