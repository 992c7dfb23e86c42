using System.Text.Json;
using Stitcher.Chaos.Load;
using Stitcher.Chaos.Services;
using Stitcher.TestKit;

namespace Stitcher.Chaos.Processes;

/// <summary>The gateway's content root for a run: settings and layouts, written as an operator would.</summary>
internal sealed class GatewayFolder : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };
    private readonly TemporaryFolder _folder = new();

    /// <summary>Where it is.</summary>
    public string Path => _folder.Path;

    /// <summary>Writes the layouts.</summary>
    /// <param name="primaryTime">The time of each page's first slot; null for the gateway's default.</param>
    /// <param name="others">Layouts in place of the runner's own.</param>
    public void WriteLayouts(string? primaryTime, IReadOnlyDictionary<string, string> others)
    {
        Directory.CreateDirectory(_folder.File("layouts"));
        foreach (var kind in PageKind.All)
        {
            File.WriteAllText(System.IO.Path.Combine(Path, "layouts", kind + ".html"), others.GetValueOrDefault(kind) ?? Layouts.Of(kind, primaryTime));
        }
    }

    /// <summary>Writes the settings; a running gateway takes them over.</summary>
    /// <param name="addresses">Each service's destinations.</param>
    /// <param name="deadline">The pages' deadline.</param>
    public void WriteSettings(IReadOnlyDictionary<string, IReadOnlyList<string>> addresses, TimeSpan deadline)
    {
        var settings = new
        {
            Logging = new { LogLevel = new Dictionary<string, string> { ["Default"] = "Information", ["Microsoft.AspNetCore"] = "Warning", ["Yarp"] = "Warning" } },
            AllowedHosts = "127.0.0.1;localhost",
            ReverseProxy = new
            {
                Clusters = addresses.ToDictionary(
                    entry => entry.Key,
                    entry => new { Destinations = entry.Value.Zip(ServiceNames.Instances).ToDictionary(pair => pair.Second, pair => new { Address = pair.First }) }),
            },
            Stitcher = new
            {
                Services = addresses.Keys.Select(name => new
                {
                    Name = name,
                    Trust = "App",
                    SetCookies = new[] { "basket" },
                    Fragments = PageKind.All.Select(kind => new { Name = kind, Path = $"/{kind}/card?id={{id}}" })
                        .Append(new { Name = "trap", Path = "/followed/trap" }),
                }),
                Pages = PageKind.All.Select(kind => new { Name = kind, Route = $"/{kind}/{{id}}", Layout = kind + ".html", Deadline = deadline.ToString() }),
            },
        };

        // In one step: a gateway that watches the file must not read half of it.
        var draft = _folder.File("settings.draft");
        File.WriteAllText(draft, JsonSerializer.Serialize(settings, Readable));
        File.Move(draft, _folder.File("appsettings.json"), overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
