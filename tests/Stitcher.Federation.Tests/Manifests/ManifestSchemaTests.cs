using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Stitcher.Federation.Tests.Manifests;

public sealed class ManifestSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(Project.Root, "src/Stitcher.Federation/Manifests/stitcher.schema.json"))).RootElement;

    [Fact]
    public void The_schema_names_the_same_parts_as_the_reader()
    {
        using var full = JsonDocument.Parse(ManifestJson.Full);

        SameNames(full.RootElement, Schema, "manifest");
    }

    [Theory]
    [InlineData("file", "card.js", true)]
    [InlineData("file", "sub/theme.css", true)]
    [InlineData("file", "internal/", true)]
    [InlineData("file", ".hidden/a.js", true)]
    [InlineData("file", "../up.js", false)]
    [InlineData("file", "a/../b.js", false)]
    [InlineData("file", "/a.js", false)]
    [InlineData("file", "https://evil.example/a.js", false)]
    [InlineData("file", "a\\b.js", false)]
    [InlineData("file", "a.js?v=1", false)]
    [InlineData("specifier", "@shop/format", true)]
    [InlineData("specifier", "#util", true)]
    [InlineData("specifier", "svelte/", true)]
    [InlineData("specifier", "./a", false)]
    [InlineData("specifier", "/a", false)]
    [InlineData("specifier", "https://evil.example", false)]
    [InlineData("specifier", "__proto__", false)]
    [InlineData("specifier", "a/constructor", false)]
    [InlineData("specifier", "constructors", true)]
    [InlineData("specifier", "</script>", false)]
    [InlineData("key", "./ProductCard", true)]
    [InlineData("key", "./__proto__", false)]
    [InlineData("key", "ProductCard", false)]
    [InlineData("key", "./a/", false)]
    public void The_schema_judges_names_as_the_reader_does(string kind, string text, bool isLegal)
    {
        var pattern = Schema.GetProperty("$defs").GetProperty(kind).GetProperty("pattern").GetString()!;
        var json = JsonSerializer.Serialize(text);
        ManifestJson.Read(
            kind switch
            {
                "file" => ManifestJson.With("exposes", $$"""[{ "key": "./A", "module": {{json}} }]"""),
                "specifier" => ManifestJson.With("internal", $$"""{ {{json}}: "{{(text.EndsWith('/') ? "a/" : "a.js")}}" }"""),
                _ => ManifestJson.With("exposes", $$"""[{ "key": {{json}} }]"""),
            },
            out var problems);

        Assert.Equal(isLegal, Regex.IsMatch(text, pattern));
        Assert.Equal(isLegal, problems.Count == 0);
    }

    private static void SameNames(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = Schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            SameNames(value[0], items, path + "[]");
        }
        else if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            Assert.Equal(
                value.EnumerateObject().Select(static property => property.Name).Order(),
                properties.EnumerateObject().Select(static property => property.Name).Order());
            foreach (var property in value.EnumerateObject())
            {
                SameNames(property.Value, properties.GetProperty(property.Name), $"{path}.{property.Name}");
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            SameNames(value.EnumerateObject().First().Value, schema.GetProperty("additionalProperties"), path + ".*");
        }
    }
}
