using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stitcher.TestKit;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>Whether a program has a setting of that name: a misspelt one is not an error of anybody's, it is just without effect.</summary>
internal static partial class SettingName
{
    // The framework's own, as far as the files of the deployment use them.
    private static readonly string[] OfTheHost =
    [
        "ASPNETCORE_ENVIRONMENT", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "DOTNET_EnableDiagnostics", "AllowedHosts",
        "Logging:Console:FormatterName", "HOME",
    ];

    private static readonly JsonNode Schema = Read("src/Stitcher/stitcher.appsettings.schema.json");
    private static readonly JsonNode Shop = Read("gateway/appsettings.json");

    /// <param name="program">Who gets it.</param>
    /// <param name="name">A variable, or the key of a settings file.</param>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public static string? Problem(ShopProgram program, string name)
    {
        var key = name.Replace("__", ":", StringComparison.Ordinal);
        if (OfTheHost.Contains(key))
        {
            return null;
        }

        if (program.IsGateway && key.StartsWith("Stitcher:", StringComparison.OrdinalIgnoreCase))
        {
            return InSchema(key) ? null : $"{name}: the option schema has no such key";
        }

        if (program.IsGateway && Destination().Match(key) is { Success: true } match)
        {
            return Shop["ReverseProxy"]?["Clusters"]?[match.Groups["cluster"].Value]?["Destinations"]?[match.Groups["destination"].Value] is not null
                ? null
                : $"{name}: gateway/appsettings.json has no such destination, so this would be one more";
        }

        var unknown = key.Split(':').Where(segment => !segment.All(char.IsAsciiDigit) && !program.Knows(segment)).ToArray();
        return unknown.Length == 0 ? null : $"{name}: no source of {program.Name} has the word '{unknown[0]}'";
    }

    /// <summary>The keys of a settings file, down to the values.</summary>
    public static IEnumerable<string> Keys(JsonNode? node, string prefix = "") => node switch
    {
        JsonObject members => members.SelectMany(member => Keys(member.Value, $"{prefix}{member.Key}:")),
        JsonArray items => items.SelectMany((item, index) => Keys(item, $"{prefix}{index}:")),
        _ => [prefix.TrimEnd(':')],
    };

    private static bool InSchema(string key)
    {
        JsonNode? at = Schema;
        foreach (var segment in key.Split(':'))
        {
            at = segment.All(char.IsAsciiDigit) && at["items"] is { } items ? items : Property(at, segment);
            if (at is null)
            {
                return false;
            }
        }

        return at["properties"] is null;
    }

    private static JsonNode? Property(JsonNode at, string name) =>
        at["properties"].Members().FirstOrDefault(property => property.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
        ?? at["additionalProperties"] as JsonObject;

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)))!;

    [GeneratedRegex("^ReverseProxy:Clusters:(?<cluster>[^:]+):Destinations:(?<destination>[^:]+):Address$")]
    private static partial Regex Destination();
}
