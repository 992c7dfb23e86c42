using System.Buffers;
using System.Text;

namespace Stitcher.Parsing;

/// <summary>
/// Path-relative addresses in a fragment mean the service's own files; in the page they must go through the service's public base.
/// Root-relative addresses mean the page's own address space and stay, as do absolute ones, <c>#…</c> and <c>?…</c>.
/// </summary>
internal sealed class AddressRewriter(FragmentOrigin origin)
{
    private static readonly SearchValues<char> EndOfScheme = SearchValues.Create(":/?#");
    private static readonly Uri Nowhere = new("http://service.invalid/");

    private readonly Uri _base = Uri.TryCreate(Nowhere, origin.Path, out var uri) ? uri : Nowhere;

    /// <returns>The new address, or null when the address stays as it is.</returns>
    public string? Rewrite(string address)
    {
        var trimmed = address.AsSpan().Trim(" \t\r\n\f");
        if (trimmed.IsEmpty || trimmed[0] is '/' or '\\' or '#' or '?')
        {
            return null;
        }

        var end = trimmed.IndexOfAny(EndOfScheme);
        if (end > 0 && trimmed[end] == ':')
        {
            return null;
        }

        return Uri.TryCreate(_base, trimmed.ToString(), out var resolved) && resolved.Host == Nowhere.Host
            ? origin.AddressOf(resolved.PathAndQuery) + resolved.Fragment
            : null;
    }

    /// <summary>Rewrites each address of a <c>srcset</c>.</summary>
    public string? RewriteSet(string set)
    {
        var changed = false;
        var result = new StringBuilder();
        var rest = set.AsSpan();
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n\f,");
            if (rest.IsEmpty)
            {
                break;
            }

            var blank = rest.IndexOfAny(" \t\r\n\f");
            var address = blank < 0 ? rest : rest[..blank];
            var endsCandidate = address[^1] == ',';
            address = address.TrimEnd(',');
            var rewritten = Rewrite(address.ToString());
            changed |= rewritten is not null;
            result.Append(result.Length > 0 ? ", " : "").Append(rewritten ?? address.ToString());
            rest = blank < 0 ? default : rest[blank..];
            if (endsCandidate)
            {
                continue;
            }

            var comma = rest.IndexOf(',');
            var descriptor = (comma < 0 ? rest : rest[..comma]).Trim(" \t\r\n\f");
            if (!descriptor.IsEmpty)
            {
                result.Append(' ').Append(descriptor);
            }

            rest = comma < 0 ? default : rest[(comma + 1)..];
        }

        return changed ? result.ToString() : null;
    }

    /// <summary>Rewrites each <c>url(…)</c> of a style sheet or style attribute.</summary>
    public string? RewriteStyle(string style)
    {
        if (!style.Contains("url(", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var changed = false;
        var result = new StringBuilder();
        var at = 0;
        while (style.IndexOf("url(", at, StringComparison.OrdinalIgnoreCase) is >= 0 and var found)
        {
            var open = found + 4;
            var close = EndOfAddress(style, open);
            if (close < 0)
            {
                break;
            }

            var inner = style[open..close].Trim();
            var quote = inner.Length > 1 && inner[0] is '"' or '\'' && inner[^1] == inner[0] ? inner[..1] : "";
            var address = quote.Length > 0 ? inner[1..^1] : inner;
            var rewritten = Rewrite(address);
            changed |= rewritten is not null;
            result.Append(style, at, open - at).Append(quote).Append(rewritten ?? address).Append(quote).Append(')');
            at = close + 1;
        }

        return changed ? result.Append(style, at, style.Length - at).ToString() : null;
    }

    // A quoted address may hold the bracket that ends the others.
    private static int EndOfAddress(string style, int open)
    {
        var first = open;
        while (first < style.Length && char.IsWhiteSpace(style[first]))
        {
            first++;
        }

        var quote = first < style.Length && style[first] is '"' or '\'' ? style.IndexOf(style[first], first + 1) : open;
        return quote < 0 ? -1 : style.IndexOf(')', quote);
    }
}
