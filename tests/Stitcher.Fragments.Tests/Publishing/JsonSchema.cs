using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Stitcher.Fragments.Tests.Publishing;

/// <summary>Looks at a value by those keywords of JSON schema that the manifest's schema uses; any other keyword is an error, so that none goes unheeded.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly string[] SaidToPeople = ["$schema", "$defs", "title", "description", "default"];

    /// <summary>What does not fit, with its place.</summary>
    public IEnumerable<string> Faults(JsonElement value) => Faults(value, root, "$");

    private IEnumerable<string> Faults(JsonElement value, JsonElement schema, string at) =>
        schema.EnumerateObject().Where(static rule => !SaidToPeople.Contains(rule.Name)).SelectMany(rule => Broken(value, schema, rule, at));

    private IEnumerable<string> Broken(JsonElement value, JsonElement schema, JsonProperty rule, string at)
    {
        var isText = value.ValueKind == JsonValueKind.String;
        var isObject = value.ValueKind == JsonValueKind.Object;
        return rule.Name switch
        {
            "$ref" => Faults(value, root.GetProperty("$defs").GetProperty(rule.Value.GetString()!["#/$defs/".Length..]), at),
            "type" => Unless(IsA(value, rule.Value.GetString()!), at, rule),
            "const" => Unless(value.GetRawText() == rule.Value.GetRawText(), at, rule),
            "enum" => Unless(rule.Value.EnumerateArray().Any(allowed => allowed.GetRawText() == value.GetRawText()), at, rule),
            "anyOf" => Unless(rule.Value.EnumerateArray().Any(either => !Faults(value, either, at).Any()), at, rule),
            "required" => Unless(!isObject || rule.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)), at, rule),
            "pattern" => Unless(!isText || Regex.IsMatch(value.GetString()!, rule.Value.GetString()!), at, rule),
            "minLength" => Unless(!isText || value.GetString()!.Length >= rule.Value.GetInt32(), at, rule),
            "maxLength" => Unless(!isText || value.GetString()!.Length <= rule.Value.GetInt32(), at, rule),
            "format" => Unless(!isText || DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _), at, rule),
            "minimum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.Value.GetDouble(), at, rule),
            "items" => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany((item, index) => Faults(item, rule.Value, $"{at}[{index}]")) : [],
            "properties" => isObject
                ? rule.Value.EnumerateObject().Where(part => value.TryGetProperty(part.Name, out _)).SelectMany(part => Faults(value.GetProperty(part.Name), part.Value, $"{at}.{part.Name}"))
                : [],
            "additionalProperties" => isObject
                ? value.EnumerateObject().Where(part => !IsDeclared(schema, part.Name)).SelectMany(part => Faults(part.Value, rule.Value, $"{at}.{part.Name}"))
                : [],
            "propertyNames" => isObject
                ? value.EnumerateObject().SelectMany(part => Faults(JsonSerializer.SerializeToElement(part.Name), rule.Value, $"{at}.{part.Name} (name)"))
                : [],
            _ => throw new NotSupportedException($"The schema uses '{rule.Name}', which this test does not know."),
        };
    }

    private static bool IsDeclared(JsonElement schema, string name) => schema.TryGetProperty("properties", out var declared) && declared.TryGetProperty(name, out _);

    private static string[] Unless(bool holds, string at, JsonProperty rule) => holds ? [] : [$"{at}: {rule.Name} {rule.Value.GetRawText()}"];

    private static bool IsA(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };
}
