using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Takes parts out of a manifest's JSON and keeps what was refused.</summary>
internal sealed partial class ManifestParts
{
    public const int MaxName = 256;
    public const int MaxPath = 1024;

    public List<ManifestProblem> Problems { get; } = [];

    public void Refuse(string code, string subject, string message) => Problems.Add(new ManifestProblem(code, subject, message));

    public void RefusePath(string subject, string path) => Problems.Add(PathProblem(subject, path));

    public void RefuseKey(string subject, string? key) => Refuse(
        FederationCodes.IllegalSpecifier, subject, $"'{Short(key)}' is no key; a key is './' and a name.");

    /// <summary>A file below the base; build tools write some with a leading <c>./</c>.</summary>
    public string? File(JsonElement parent, string name, string subject)
    {
        if (Text(parent, name, subject, MaxPath) is not { } path)
        {
            return null;
        }

        var file = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        if (ManifestRules.IsFile(file))
        {
            return file;
        }

        RefusePath(subject, path);
        return null;
    }

    public string? Hash(JsonElement value, string subject)
    {
        if (Text(value, subject, 512) is not { } hash)
        {
            return null;
        }

        if (ManifestRules.IsIntegrity(hash))
        {
            return hash;
        }

        Refuse(FederationCodes.MalformedPart, subject, $"'{Short(hash)}' was found; expected a hash such as sha384-….");
        return null;
    }

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
