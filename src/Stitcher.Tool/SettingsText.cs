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

    /// <summary>Adds an entry at the end of an object or a list.</summary>
    /// <param name="path">The keys that lead there.</param>
    /// <param name="name">The entry's key in an object; in a list, the entry's own <c>Name</c>.</param>
    /// <param name="value">The entry as JSON in one line.</param>
    /// <exception cref="InputException">There is no such object or list, or it has an entry of the name.</exception>
    public void Add(string[] path, string name, string value)
    {
        var place = Find(path, name);
        var newLine = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var indent = new string(' ', 2 * (path.Length + 1));
        var entry = place.IsList ? value : $"\"{name}\": {value}";
        var end = Encoding.UTF8.GetBytes(_text).AsSpan(0, place.AfterLast);
        var at = Encoding.UTF8.GetCharCount(end);
        _text = place.IsEmpty
            ? $"{_text[..at]}{newLine}{indent}{entry}{newLine}{indent[2..]}{_text[at..].TrimStart()}"
            : $"{_text[..at]},{newLine}{indent}{entry}{_text[at..]}";
    }

    public override string ToString() => _text;

    private (bool IsList, bool IsEmpty, int AfterLast) Find(string[] path, string name)
    {
        var utf8 = Encoding.UTF8.GetBytes(_text);
        var reader = new Utf8JsonReader(utf8, Lenient);
        reader.Read();
        foreach (var key in path)
        {
            if (!Enter(ref reader, key))
            {
                throw new InputException($"{_file} has no {string.Join(':', path)}; add it as an empty one first.");
            }
        }

        var isList = reader.TokenType == JsonTokenType.StartArray;
        if (!isList && reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InputException($"{_file} has something else than a list or an object at {string.Join(':', path)}.");
        }

        var (isEmpty, last) = (true, (int)reader.BytesConsumed);
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (isList ? NameOf(reader) == name : reader.ValueTextEquals(name))
            {
                throw new InputException($"{_file} has {name} in {string.Join(':', path)} already; nothing was changed.");
            }

            reader.Skip();
            (isEmpty, last) = (false, (int)reader.BytesConsumed);
        }

        return (isList, isEmpty, last);
    }

    private static bool Enter(ref Utf8JsonReader reader, string key)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = string.Equals(reader.GetString(), key, StringComparison.OrdinalIgnoreCase);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
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

        return Enter(ref reader, "Name") && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}
