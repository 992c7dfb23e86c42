using System.Text.Json.Nodes;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary><c>deploy/compose.yaml</c>.</summary>
internal static class ComposeFile
{
    public static JsonObject Root { get; } = DeployFiles.Yaml("compose.yaml");

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Services => Root["services"].Members();

    /// <summary>A service's variables, with the defaults where they are left to whoever starts it.</summary>
    public static IReadOnlyDictionary<string, string> Environment(string service) => Root["services"]![service]!["environment"].Members()
        .ToDictionary(variable => variable.Key, variable => Variables.Default(variable.Value?.GetValue<string>() ?? ""));
}
