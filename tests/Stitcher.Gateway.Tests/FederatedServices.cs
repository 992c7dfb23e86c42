using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>Services that publish a manifest with modules, and what tests ask of the pages made with them.</summary>
internal static partial class FederatedServices
{
    public const string ManifestPath = "/.well-known/stitcher.json";

    /// <summary>Publishes a manifest and its files.</summary>
    /// <param name="service">The service.</param>
    /// <param name="name">Its name.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="parts">Members of the manifest in JSON: <c>"exposes": […], "shared": […]</c>.</param>
    /// <param name="files">File names and their text; each is in the manifest with its hash, and served as what its name says.</param>
    public static ScriptedService Publishes(this ScriptedService service, string name, string revision, string parts, params (string File, string Code)[] files)
    {
        var manifest = Manifest(name, revision, parts, files);
        foreach (var (file, code) in files)
        {
            service.Answers("/assets/" + file, Answer.Of(file.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/javascript", Encoding.UTF8.GetBytes(code)));
        }

        return service.Answers(ManifestPath, Answer.Of("application/json", Encoding.UTF8.GetBytes(manifest)));
    }

    public static string Manifest(string name, string revision, string parts, params (string File, string Code)[] files)
    {
        var modules = new JsonObject();
        foreach (var (file, code) in files)
        {
            modules[file] = new JsonObject
            {
                ["integrity"] = Integrity(code),
                ["imports"] = new JsonArray([.. Imported().Matches(code).Select(match => JsonValue.Create(match.Groups["name"].Value))]),
            };
        }

        var manifest = JsonNode.Parse($$"""{ "schema": 1, "name": "{{name}}", "revision": "{{revision}}"{{(parts.Length > 0 ? ", " + parts : "")}} }""")!.AsObject();
        manifest["modules"] = modules;
        return manifest.ToJsonString();
    }

    public static string Integrity(string code) => "sha384-" + Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(code)));

    /// <summary>The text of the page's import map exactly as it stands in the page; the page must have one and no more.</summary>
    public static string MapTextOf(string page) => Assert.Single(MapElement().Matches(page)).Groups["map"].Value;

    public static JsonElement MapOf(string page)
    {
        using var map = JsonDocument.Parse(MapTextOf(page));
        return map.RootElement.Clone();
    }

    public static Dictionary<string, string> ImportsOf(string page) =>
        MapOf(page).GetProperty("imports").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal);

    /// <summary>Waits until the page's map has the specifier, and gives the page.</summary>
    public static async Task<string> PageWithAsync(this GatewayUnderTest gateway, string specifier, string? address = null, string path = "/")
    {
        var page = "";
        await Eventually.HoldsAsync(
            async () => ImportsOf(page = await gateway.GetAsync(path)).TryGetValue(specifier, out var found) && (address is null || found == address),
            $"the map leads '{specifier}' to {address ?? "somewhere"}");
        return page;
    }

    public static GatewaySetup Federated(this GatewaySetup setup, string name, ScriptedService service, params string[] fragments) => setup
        .Service(name, service.Address, fragments).With("Manifest", ManifestPath).With("Trust", "App")
        .Set("Stitcher:Federation:PollInterval", "100ms")
        .Set("Stitcher:Federation:PollTimeout", "15s")
        .Set("Stitcher:Federation:Runtime", false);

    [GeneratedRegex("<script type=\"importmap\">(?<map>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex MapElement();

    [GeneratedRegex("(?:from|import) ?\"(?<name>[^\"]+)\"")]
    private static partial Regex Imported();
}
