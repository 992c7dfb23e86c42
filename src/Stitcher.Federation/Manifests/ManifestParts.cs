using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Takes parts out of a manifest's JSON and keeps what was refused.</summary>
internal sealed class ManifestParts
{
    public const int MaxName = 256;
    public const int MaxPath = 1024;

    public List<ManifestProblem> Problems { get; } = [];

    public void Refuse(string code, string subject, string message) => Problems.Add(new ManifestProblem(code, subject, message));

    public void RefusePath(string subject, string path) => Problems.Add(PathProblem(subject, path));

    public static ManifestProblem PathProblem(string subject, string path) => new(
        FederationCodes.PathEscapesBase,
        subject,
        $"'{Short(path)}' is no file below the base; expected a relative path without '..', scheme, query or backslash.");

    /// <summary>A value for a message: whole if short, and never with characters that could forge a line of a log.</summary>
    public static string Short(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var cut = text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? '\ufffd' : source[i];
            }
        });
    }

    /// <summary>Counts before anything is built, so that a manifest of ten million entries costs one pass and no memory.</summary>
    public bool FitsLimit(JsonElement root)
    {
        if (Count(root, StitcherManifest.MaxEntries) >= 0)
        {
            return true;
        }

        Refuse(FederationCodes.TooLarge, "", $"The manifest has more than {StitcherManifest.MaxEntries} entries.");
        return false;
    }

    public string? Text(JsonElement parent, string name, string subject, int maxLength, Func<string, bool>? isLegal = null, string expected = "")
    {
        if (!parent.TryGetProperty(name, out var value) || Text(value, subject, maxLength) is not { } text)
        {
            return null;
        }

        if (isLegal is null || isLegal(text))
        {
            return text;
        }

        Refuse(FederationCodes.MalformedPart, subject, $"'{Short(text)}' was found; expected {expected}.");
        return null;
    }

    public string? Text(JsonElement value, string subject, int maxLength)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse(FederationCodes.MalformedPart, subject, $"A text was expected, a JSON {value.ValueKind} was found.");
            return null;
        }

        string? text = null;
        try
        {
            text = value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: JSON allows it, Unicode does not.
        }

        if (text is { Length: > 0 } && text.Length <= maxLength)
        {
            return text;
        }

        Refuse(FederationCodes.MalformedPart, subject, $"A text of 1 to {maxLength} characters was expected.");
        return null;
    }

    public bool Flag(JsonElement parent, string name, string subject, bool absent)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return absent;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Refuse(FederationCodes.MalformedPart, subject, "true or false was expected.");
        return absent;
    }

    public long? Length(JsonElement parent, string name, string subject)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var length) && length >= 0)
        {
            return length;
        }

        Refuse(FederationCodes.MalformedPart, subject, "A number of bytes was expected.");
        return null;
    }

    public ImmutableArray<string> Texts(JsonElement parent, string name, string subject, Func<string, string, ManifestProblem?> judge)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (item, where) in Items(parent, name, subject))
        {
            if (Text(item, where, MaxPath) is not { } text)
            {
                continue;
            }

            if (judge(text, where) is { } problem)
            {
                Problems.Add(problem);
            }
            else
            {
                texts.Add(text);
            }
        }

        return texts.ToImmutable();
    }

    public IEnumerable<(JsonElement Item, string Subject)> Objects(JsonElement parent, string name, string subject)
    {
        foreach (var (item, where) in Items(parent, name, subject))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                yield return (item, where);
            }
            else
            {
                Refuse(FederationCodes.MalformedPart, where, "An object was expected.");
            }
        }
    }

    public bool TryObject(JsonElement parent, string name, string subject, out JsonElement value)
    {
        if (!parent.TryGetProperty(name, out value) || value.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        Refuse(FederationCodes.MalformedPart, subject, "An object was expected.");
        return false;
    }

    public IEnumerable<(string Name, JsonElement Value)> Properties(JsonElement parent, string name, string subject)
    {
        if (TryObject(parent, name, subject, out var value))
        {
            foreach (var property in value.EnumerateObject())
            {
                yield return (property.Name, property.Value);
            }
        }
    }

    /// <summary>Specifiers to files below the base, each pair judged for itself.</summary>
    /// <param name="parent">Where the map is looked for.</param>
    /// <param name="name">The map's name.</param>
    /// <param name="subject">The map's place, for messages.</param>
    /// <param name="objection">What is wrong with a specifier beyond the rules for all; null when nothing is.</param>
    public ImmutableSortedDictionary<string, string> Files(
        JsonElement parent, string name, string subject, Func<string, string?> objection)
    {
        var files = OrdinalMap.Builder<string>();
        foreach (var (specifier, value) in Properties(parent, name, subject))
        {
            var where = $"{subject}[\"{Short(specifier)}\"]";
            var reason = ManifestRules.IsSpecifier(specifier) && specifier.Length <= MaxName
                ? objection(specifier)
                : "it must be a bare specifier, not an address";
            if (reason is not null)
            {
                Refuse(FederationCodes.IllegalSpecifier, where, $"'{Short(specifier)}' cannot be mapped: {reason}.");
            }
            else if (Text(value, where, MaxPath) is not { } file)
            {
                continue;
            }
            else if (!ManifestRules.IsFile(file))
            {
                RefusePath(where, file);
            }
            else if (specifier.EndsWith('/') != file.EndsWith('/'))
            {
                Refuse(FederationCodes.SlashMismatch, where, $"'{Short(specifier)}' and '{Short(file)}' must both end in '/', or neither.");
            }
            else
            {
                files[specifier] = file;
            }
        }

        return files.ToImmutable();
    }

    private IEnumerable<(JsonElement Item, string Subject)> Items(JsonElement parent, string name, string subject)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            yield break;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Refuse(FederationCodes.MalformedPart, subject, "A list was expected.");
            yield break;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            yield return (item, $"{subject}[{index++}]");
        }
    }

    private static int Count(JsonElement element, int left)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                if ((left = Count(item, left - 1)) < 0)
                {
                    return left;
                }
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                if ((left = Count(property.Value, left - 1)) < 0)
                {
                    return left;
                }
            }
        }

        return left;
    }
}
