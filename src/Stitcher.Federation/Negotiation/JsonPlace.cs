using System.Text.Json;

namespace Stitcher.Federation.Negotiation;

/// <summary>A part of a JSON file that knows where it stands, so that what is wrong with it can be said.</summary>
internal sealed class JsonPlace(JsonElement value, string path)
{
    public bool IsFalse => value.ValueKind == JsonValueKind.False;

    public bool IsText => value.ValueKind == JsonValueKind.String;

    public bool IsList => value.ValueKind == JsonValueKind.Array;

    public JsonPlace Required(string name) => Optional(name) ?? throw Wrong($"\"{name}\" is missing");

    public JsonPlace? Optional(string name)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object was expected");
        }

        return value.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? new JsonPlace(part, $"{path}.{name}") : null;
    }

    public IEnumerable<JsonPlace> Items() =>
        IsList
            ? value.EnumerateArray().Select((item, index) => new JsonPlace(item, $"{path}[{index}]"))
            : throw Wrong("a list was expected");

    public IEnumerable<JsonPlace> ItemsOf(string name) => Optional(name)?.Items() ?? [];

    public IEnumerable<(string Name, JsonPlace Value)> PropertiesOf(string name)
    {
        var part = Optional(name);
        return part is null ? [] : part.Properties();
    }

    public string Text() => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong("a text was expected");

    public bool Flag() =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong("true or false was expected");

    public int Number() =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong("a whole number was expected");

    public string Word(params string[] words) =>
        words.Contains(Text(), StringComparer.Ordinal) ? Text() : throw Wrong($"one of {string.Join(", ", words)} was expected");

    public T OneOf<T>(params T[] values)
        where T : struct, Enum
    {
        var word = Text();
        foreach (var candidate in values)
        {
            if (string.Equals(word, candidate.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }
        }

        throw Wrong($"one of {string.Join(", ", values).ToLowerInvariant()} was expected");
    }

    public FormatException Wrong(string reason) => new($"{path}: {reason}.");

    private IEnumerable<(string Name, JsonPlace Value)> Properties() =>
        value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Select(property => (property.Name, new JsonPlace(property.Value, $"{path}[\"{property.Name}\"]")))
            : throw Wrong("an object was expected");
}
