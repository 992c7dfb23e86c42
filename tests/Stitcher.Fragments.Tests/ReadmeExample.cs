using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Stitcher.Fragments.Tests;

/// <summary>The service of the package's readme, line by line; ReadmeTests compares the two and runs this one.</summary>
internal static class ReadmeExample
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFragments(options => options.Service = "greetings");

        var app = builder.Build();
        app.UseFragmentAssets();
        app.MapFragment("Greeting", "/fragments/greeting", ([StringLength(40)] string name = "stranger") =>
                FragmentMarkup.Html($"<p class=\"greeting\">Hello, {name}!</p>"))
            .WithDescription("Says hello.")
            .WithStyles("greeting.css")
            .CacheFor(TimeSpan.FromSeconds(30));
        app.MapManifest();
        app.MapFragmentGallery();
        return app;
    }
}
