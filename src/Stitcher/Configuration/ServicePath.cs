namespace Stitcher.Configuration;

/// <summary>Paths on a service as the operator writes them: they can never lead to another host or out of the path that stands there.</summary>
internal static class ServicePath
{
    /// <summary>Says what is wrong with a path, or null if nothing is.</summary>
    /// <param name="path">The path, with or without a query string.</param>
    /// <param name="places">Whether <c>{name}</c> may stand in it.</param>
    public static string? Complaint(string path, bool places)
    {
        if (!path.StartsWith('/'))
        {
            return path.Contains("://", StringComparison.Ordinal) ? "is an address, not a path" : "does not begin with '/'";
        }

        if (path.Any(c => c is '\\' or '#' or '<' or '>' or '"' || char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            return "contains a character that a path cannot have";
        }

        var plain = path.Split('?', 2)[0];
        if (plain.Contains("//", StringComparison.Ordinal))
        {
            return "contains '//'";
        }

        // Percent-encoding does not stop dot segments: Uri resolves %2e%2e, too.
        if (Array.Exists(plain.Split('/'), segment => Uri.UnescapeDataString(segment) is "." or ".."))
        {
            return "contains the segment '.' or '..'";
        }

        return places ? PlacesComplaint(path) : path.AsSpan().ContainsAny('{', '}') ? "contains a place, which a slot would have to fill" : null;
    }

    private static string? PlacesComplaint(string path)
    {
        var open = -1;
        for (var i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '{' when open >= 0:
                    return "has a '{' inside a place";
                case '{':
                    open = i;
                    break;
                case '}' when open < 0:
                    return "has a '}' without a '{'";
                case '}' when path.AsSpan(open + 1, i - open - 1) is var name && !IsPlaceName(name):
                    return $"has a place '{{{name}}}' that is no name";
                case '}':
                    open = -1;
                    break;
            }
        }

        return open >= 0 ? "has a '{' without a '}'" : null;
    }

    private static bool IsPlaceName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }
}
