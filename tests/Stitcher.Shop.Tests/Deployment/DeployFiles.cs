using System.Text.Json.Nodes;
using Stitcher.TestKit;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>The files below <c>deploy/</c>, read as those read them who use them.</summary>
internal static class DeployFiles
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "deploy");

    public static string Text(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>A file of one YAML document, with its anchors and merges resolved; every scalar is text.</summary>
    public static JsonObject Yaml(string path)
    {
        // What replaces a list of another file says so with a tag, which is nothing to this reader.
        using var reader = new StringReader(Text(path).Replace("!override ", "", StringComparison.Ordinal));
        var tree = new DeserializerBuilder().Build().Deserialize(new MergingParser(new Parser(reader)));
        return Assert(Node(tree), path);
    }

    /// <summary>The members of an object, or nothing.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Members(this JsonNode? node) => node as JsonObject ?? [];

    /// <summary>The texts of a list, or nothing.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node) => (node as JsonArray ?? []).Select(item => item!.GetValue<string>());

    private static JsonObject Assert(JsonNode? node, string path) =>
        node as JsonObject ?? throw new InvalidDataException($"deploy/{path} is no object.");

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        IDictionary<object, object?> members => new JsonObject(members.Select(member => KeyValuePair.Create((string)member.Key, Node(member.Value)))),
        IEnumerable<object?> items => new JsonArray([.. items.Select(Node)]),
        _ => JsonValue.Create(value.ToString()),
    };
}
