namespace Stitcher.Parsing;

/// <summary>Reads a <c>Link</c> header (RFC 8288, section 3) as far as page heads need it.</summary>
internal static class LinkHeader
{
    /// <summary>One link: its target as written, its relation in lower case.</summary>
    public readonly record struct Link(string Address, string Rel, string? As, bool CrossOrigin);

    public static List<Link> Parse(string header)
    {
        var links = new List<Link>();
        var at = 0;
        while (at < header.Length)
        {
            var open = header.IndexOf('<', at);
            var close = open < 0 ? -1 : header.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            var end = EndOfParameters(header, close + 1);
            if (Read(header[(open + 1)..close].Trim(), header.AsSpan((close + 1)..end)) is { } link)
            {
                links.Add(link);
            }

            at = end + 1;
        }

        return links;
    }

    private static int EndOfParameters(string header, int at)
    {
        var quoted = false;
        for (; at < header.Length; at++)
        {
            if (header[at] == '"')
            {
                quoted = !quoted;
            }
            else if (header[at] == ',' && !quoted)
            {
                return at;
            }
        }

        return at;
    }

    private static Link? Read(string address, ReadOnlySpan<char> parameters)
    {
        string? rel = null;
        string? destination = null;
        var crossOrigin = false;
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range].Trim();
            var equals = parameter.IndexOf('=');
            var name = (equals < 0 ? parameter : parameter[..equals]).Trim();
            var value = equals < 0 ? "" : parameter[(equals + 1)..].Trim().Trim('"').ToString();
            if (name.Equals("rel", StringComparison.OrdinalIgnoreCase))
            {
                rel ??= value.Trim().ToLowerInvariant();
            }
            else if (name.Equals("as", StringComparison.OrdinalIgnoreCase))
            {
                destination ??= value;
            }
            else if (name.Equals("crossorigin", StringComparison.OrdinalIgnoreCase))
            {
                crossOrigin = true;
            }
        }

        return rel is null ? null : new Link(address, rel, destination, crossOrigin);
    }
}
