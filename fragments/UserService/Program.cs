using Microsoft.Extensions.Configuration.Memory;
using UserService;
using UserService.Fragments;

var builder = WebApplication.CreateBuilder(args);

// The last resort, behind --urls and ASPNETCORE_URLS; in appsettings.json it would win over the variable.
builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("urls", "http://localhost:3003")] });

var file = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Database"] ?? "data/users.db");
builder.Services.AddSingleton(new UserDatabase(file));
builder.Services.AddSingleton<UserStore>();
builder.Services.AddFragments(options => options.Service = "users");

var app = builder.Build();
await app.Services.GetRequiredService<UserDatabase>().PrepareAsync(CancellationToken.None);

app.UseFragmentAssets();
UserProfile.Map(app);
app.MapNpmPackage("clsx");
app.MapSubscribedTopic("shop:kept");
app.MapManifest();
app.MapFragmentGallery();

app.Run();
