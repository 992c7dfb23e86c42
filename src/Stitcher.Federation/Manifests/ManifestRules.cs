using System.Buffers;
using System.Buffers.Text;

namespace Stitcher.Federation.Manifests;

/// <summary>What a manifest may name. Everything here is judged by the browser's own rules for addresses, which are wider than they look.</summary>
internal static class ManifestRules
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // Browsers trim blanks, drop tabs and line breaks, and read a backslash as a slash, so none of them may come near an address.
    private static readonly SearchValues<char> PathKillers = SearchValues.Create(" \\?#<>\"^`|\u007f\u2028\u2029");
    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    public static bool IsServiceName(string? name) =>
        name is { Length: > 0 and <= 64 } && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>A file, or with a slash at its end a folder, below the base.</summary>
    public static bool IsFile(string? path) =>
        path is { Length: > 0 } && path[0] != '/' && IsHarmlessPath(path) && !FirstSegment(path).Contains(':');

    public static bool IsBase(string? path) =>
        path is { Length: > 0 } && path[0] == '/' && path[^1] == '/' && (path.Length == 1 || IsHarmlessPath(path.AsSpan(1)));

    /// <summary>A path on the service, with places in braces; a query would belong to whoever asks.</summary>
    public static bool IsFragmentPath(string? path) =>
        path is { Length: > 0 } && path[0] == '/' && (path.Length == 1 || IsHarmlessPath(path.AsSpan(1)));

    public static bool IsExposeKey(string? key) =>
        key is not null && key.StartsWith("./", StringComparison.Ordinal) && !key.EndsWith('/') && IsFile(key[2..])
        && !HasPrototypeName(key);

    /// <summary>A bare specifier: no address, and nothing that an address could be resolved from.</summary>
    public static bool IsSpecifier(string? specifier)
    {
        if (specifier is not { Length: > 0 } || HasControlOr(specifier, " \\<>\"\u2028\u2029") || HasPrototypeName(specifier))
        {
            return false;
        }

        return specifier[0] != '/'
            && specifier is not ("." or "..")
            && !specifier.StartsWith("./", StringComparison.Ordinal)
            && !specifier.StartsWith("../", StringComparison.Ordinal)
            && !HasScheme(specifier);
    }

    public static bool BelongsTo(string specifier, string package) =>
        specifier.StartsWith(package, StringComparison.Ordinal)
        && (specifier.Length == package.Length || specifier[package.Length] == '/');

    /// <summary>One hash as browsers check it; a list of hashes is not needed by anybody.</summary>
    public static bool IsIntegrity(string text)
    {
        var length = text.Length > 7 ? text.AsSpan(0, 7) switch
        {
            "sha256-" => 32,
            "sha384-" => 48,
            "sha512-" => 64,
            _ => 0,
        } : 0;
        return length > 0 && Base64.IsValid(text.AsSpan(7), out var decoded) && decoded == length;
    }

    public static bool IsParameter(string name) =>
        name is { Length: > 0 and <= 64 } && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    public static bool IsElementName(string name) =>
        name.Length <= 64 && name[0] is >= 'a' and <= 'z' && name.Contains('-') && !HasControlOr(name, " \t/<>\"'=&");

    /// <summary>Names that scripts which keep specifiers in plain objects would write into the object's prototype.</summary>
    private static bool HasPrototypeName(ReadOnlySpan<char> specifier)
    {
        foreach (var range in specifier.Split('/'))
        {
            if (specifier[range] is "__proto__" or "constructor" or "prototype")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHarmlessPath(ReadOnlySpan<char> path)
    {
        if (path.ContainsAny(PathKillers) || HasControlOr(path, ""))
        {
            return false;
        }

        var folder = path[^1] == '/' ? path[..^1] : path;
        foreach (var range in folder.Split('/'))
        {
            if (!IsHarmlessSegment(folder[range]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>No empty segment, no dot segment and no hidden slash, also when it is percent-encoded: addresses are resolved after decoding.</summary>
    private static bool IsHarmlessSegment(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty)
        {
            return false;
        }

        if (segment.Contains('%'))
        {
            var decoded = Uri.UnescapeDataString(segment.ToString());
            // What is encoded twice could be decoded twice on its way.
            return !decoded.Contains('%') && !HasControlOr(decoded, "/\\") && decoded is not ("." or "..");
        }

        return segment is not "." and not "..";
    }

    private static ReadOnlySpan<char> FirstSegment(ReadOnlySpan<char> path)
    {
        var slash = path.IndexOf('/');
        return slash < 0 ? path : path[..slash];
    }

    private static bool HasScheme(string specifier)
    {
        var colon = specifier.IndexOf(':');
        return colon > 0 && char.IsAsciiLetter(specifier[0]) && !specifier.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters);
    }

    private static bool HasControlOr(ReadOnlySpan<char> text, ReadOnlySpan<char> others)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || char.IsSurrogate(character) || others.Contains(character))
            {
                return true;
            }
        }

        return false;
    }
}
