using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Fragments;

namespace Stitcher.Shop.Tests;

/// <summary>The C# service of the repository's readme, line by line; the tests of the readme compare the two and run this one.</summary>
internal static class EndToEndReadmeService
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFragments(options => options.Service = "greetings");

        var app = builder.Build();
        app.MapFragment("Hello", "/hello", (string name = "stranger") =>
                FragmentMarkup.Html($"<p class=\"hello\">Hello, {name}!</p>"))
            .CacheFor(TimeSpan.FromSeconds(10));
        app.MapManifest();
        app.MapFragmentGallery();
        return app;
    }
}
