using NewFragment.Fragments;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddFragments(options => options.Service = "new-fragment");

// When neither --urls nor ASPNETCORE_URLS says where.
if (string.IsNullOrEmpty(builder.Configuration["urls"]))
{
    builder.WebHost.UseUrls("http://localhost:3010");
}

var app = builder.Build();
app.UseFragmentAssets();
NewFragmentPanel.Map(app);
app.MapManifest();
app.MapFragmentGallery();
app.Run();
