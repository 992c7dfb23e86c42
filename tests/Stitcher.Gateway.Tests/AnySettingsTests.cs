using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Configuration;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class AnySettingsTests
{
    /// <summary>A file with everything in it, of which each sample spoils something.</summary>
    private const string Whole =
        """
        { "ReverseProxy": { "Clusters": { "products": { "LoadBalancingPolicy": "RoundRobin", "Destinations": { "one": { "Address": "http://127.0.0.1:9/" } } } },
            "Routes": { "api": { "ClusterId": "products", "Match": { "Path": "/api/{**rest}" } } } },
          "Stitcher": { "LayoutRoot": "layouts", "Session": { "CookieName": "seen" }, "Management": { "Url": "http://127.0.0.1:3001" },
            "Limits": { "SlotsPerPage": 8, "ParseTime": "50ms" }, "Cache": { "Bytes": 100000, "LongestFreshness": "1h" }, "Federation": { "PollInterval": "5s" },
            "Services": [ { "Name": "products", "Cluster": "products", "Trust": "App", "Manifest": "/m.json", "Assets": [ "/assets/{**path}" ],
              "Fragments": [ { "Name": "List", "Path": "/list/{id}?n={n}" } ] } ],
            "Pages": [ { "Name": "a", "Route": "/{id:int}", "Layout": "a.html", "Delivery": "Auto", "Deadline": "2s" } ] } }
        """;

    private static readonly string[] Odd =
    [
        "", "/", "/{", "}", "{id}", "..", "../x", "a.html", "-1", "0", "99999999999999999999", "2", "2s", "http://", "http://[", "://", "\\u0000", "//x", "?", "#", "products",
        "App", "null", "true", "/{**a}/{b}", "/{a:regex(()}", "%2e%2e", "C:\\\\x", "~/x", "/a/{a}-{b}", "ſ", "💥",
    ];

    private readonly record struct Spoiling(int Place, int Text);

    [Fact]
    public async Task Whatever_the_settings_say_the_host_starts_or_tells_what_is_wrong()
    {
        var folder = Directory.CreateTempSubdirectory("stitcher-gateway-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "layouts"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "layouts", "a.html"),
                "<!doctype html><title>a</title><fragment src=\"products/List?id={id}&n={query.n}\">none</fragment>");
            Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, Odd.Length - 1], (place, text) => new Spoiling(place, text)).Array[1, 4]
                .Sample(spoilings => StartsOrTells(folder.FullName, spoilings), iter: 200, threads: 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool StartsOrTells(string folder, Spoiling[] spoilings)
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(spoilings.Aggregate(Whole, Spoil)));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder, EnvironmentName = "Development" });
        try
        {
            builder.Configuration.AddJsonStream(json);
        }
        catch (FormatException)
        {
            // Two keys of one name: the file is refused as a whole, before it is ours to judge.
            return true;
        }

        builder.WebHost.UseKestrelCore();
        builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
        builder.Services.AddStitcher(builder.Configuration);
        using var app = builder.Build() as IDisposable;
        try
        {
            ((WebApplication)app).MapStitcher();
            return true;
        }
        catch (StitcherConfigurationException exception)
        {
            return exception.Errors.Count > 0 && !exception.Errors.Any(string.IsNullOrWhiteSpace);
        }
    }

    /// <summary>Puts an odd text in the place of one of the quoted ones: keys and values alike.</summary>
    private static string Spoil(string json, Spoiling spoiling)
    {
        var parts = json.Split('"');
        var quoted = (parts.Length - 1) / 2;
        parts[(spoiling.Place % quoted * 2) + 1] = Odd[spoiling.Text];
        return string.Join('"', parts);
    }
}
