using System.Text;
using System.Text.Json;

namespace Stitcher.Tool;

/// <summary>A settings file that somebody wrote: entries are added to it and everything else stays as it is, comments and line ends too.</summary>
internal sealed class SettingsText
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _file;
    private string _text;

    /// <exception cref="InputException">It is no JSON object.</exception>
    public SettingsText(string text, string file)
    {
        (_text, _file) = (text, file);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException exception)
        {
            throw new InputException($"{file} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Adds an entry at the end of an object; what is missing on the way there is made.</summary>
    /// <param name="path">The keys that lead to the object.</param>
    /// <param name="name">The entry's key.</param>
    /// <param name="value">The entry as JSON in one line.</param>
    /// <exception cref="InputException">Something else stands there, or it has an entry of the name.</exception>
    public void Add(string[] path, string name, string value) => Add(path, JsonTokenType.StartObject, name, $"\"{name}\": {value}");

    /// <summary>Adds an entry at the end of a list; what is missing on the way there is made.</summary>
    /// <param name="path">The keys that lead to the list.</param>
    /// <param name="name">The entry's own <c>Name</c>.</param>
    /// <param name="value">The entry as JSON in one line.</param>
    /// <exception cref="InputException">Something else stands there, or it has an entry of the name.</exception>
    public void Append(string[] path, string name, string value) => Add(path, JsonTokenType.StartArray, name, value);

    public override string ToString() => _text;

    private void Add(string[] path, JsonTokenType kind, string name, string entry)
    {
        var place = Find(path, kind, name);
        var newLine = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        for (var level = path.Length; level > place.Level; level--)
        {
            var (open, close) = level == path.Length && kind == JsonTokenType.StartArray ? ('[', ']') : ('{', '}');
            entry = $"\"{path[level - 1]}\": {open}{newLine}{Indent(level + 1)}{entry}{newLine}{Indent(level)}{close}";
        }

        var at = Encoding.UTF8.GetCharCount(Encoding.UTF8.GetBytes(_text).AsSpan(0, place.AfterLast));
        _text = place.IsEmpty
            ? $"{_text[..at]}{newLine}{Indent(place.Level + 1)}{entry}{newLine}{Indent(place.Level)}{_text[at..].TrimStart()}"
            : $"{_text[..at]},{newLine}{Indent(place.Level + 1)}{entry}{_text[at..]}";
    }

    private static string Indent(int level) => new(' ', 2 * level);

    /// <returns>How many keys of the path are there already, and where in what they lead to a new entry belongs.</returns>
    private Place Find(string[] path, JsonTokenType kind, string name)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(_text), Lenient);
        reader.Read();
        for (var level = 0; level < path.Length; level++)
        {
            Expect(reader, JsonTokenType.StartObject, path[..level]);
            if (!Enter(ref reader, path[level], out var place))
            {
                return place with { Level = level };
            }
        }

        Expect(reader, kind, path);
        var (isEmpty, last) = (true, (int)reader.BytesConsumed);
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (kind == JsonTokenType.StartArray ? NameOf(reader) == name : reader.ValueTextEquals(name))
            {
                throw new InputException($"{_file} has {name} in {string.Join(':', path)} already; nothing was changed.");
            }

            reader.Skip();
            (isEmpty, last) = (false, (int)reader.BytesConsumed);
        }

        return new Place(path.Length, isEmpty, last);
    }

    private void Expect(in Utf8JsonReader reader, JsonTokenType kind, string[] path)
    {
        if (reader.TokenType != kind)
        {
            var what = kind == JsonTokenType.StartArray ? "a list" : "an object";
            throw new InputException($"{_file} has something else than {what} {(path.Length == 0 ? "in it" : $"at {string.Join(':', path)}")}; nothing was changed.");
        }
    }

    private static bool Enter(ref Utf8JsonReader reader, string key, out Place end)
    {
        end = new Place(0, IsEmpty: true, (int)reader.BytesConsumed);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = string.Equals(reader.GetString(), key, StringComparison.OrdinalIgnoreCase);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
            end = new Place(0, IsEmpty: false, (int)reader.BytesConsumed);
        }

        return false;
    }

    // A copy of the reader looks into the entry; the reader itself stays before it.
    private static string? NameOf(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        return Enter(ref reader, "Name", out _) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    private readonly record struct Place(int Level, bool IsEmpty, int AfterLast);
}
