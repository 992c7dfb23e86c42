namespace Stitcher.Parsing;

/// <summary>
/// Reads the attributes of a start tag, as far as they are written so that no two parsers disagree about them,
/// and stops at those that trust would remove or whose addresses would be rewritten.
/// </summary>
internal static class FragmentScannerAttributes
{
    private enum Kind
    {
        /// <summary>An address that must mean the same in the page as on the service.</summary>
        Address,

        /// <summary>A list of such addresses.</summary>
        AddressSet,

        /// <summary>Declarations that may hold addresses.</summary>
        Style,

        /// <summary>Nothing is proven about a tag that has it.</summary>
        Unusual,
    }

    // Far more than any real tag has; the parser looks for each name among all before it.
    private const int MostPerTag = 64;

    private static readonly FragmentScannerNames<Kind> Known = new(
    [
        .. TrustRules.AddressAttributes.Select(name => KeyValuePair.Create(name, Kind.Address)),
        .. TrustRules.AddressSetAttributes.Select(name => KeyValuePair.Create(name, Kind.AddressSet)),
        .. TrustRules.AnimatedAttributes.Select(name => KeyValuePair.Create(name, Kind.Unusual)),
        KeyValuePair.Create("style", Kind.Style),
        KeyValuePair.Create("srcdoc", Kind.Unusual),
        KeyValuePair.Create("xml:base", Kind.Unusual),
    ]);

    /// <summary>Which bytes a name may have (1) and which a value without quotes may have (2).</summary>
    private static readonly byte[] Classes = ClassesOfBytes();

    /// <param name="html">The fragment.</param>
    /// <param name="at">Behind the tag's name; moved behind its <c>&gt;</c>.</param>
    /// <param name="handlersMayStay">Whether the service may bring inline handlers.</param>
    /// <param name="closesItself">Whether the tag ends in <c>/&gt;</c>.</param>
    /// <returns>Whether all attributes stay as they are written.</returns>
    public static bool Pass(ReadOnlySpan<byte> html, scoped ref int at, bool handlersMayStay, out bool closesItself)
    {
        closesItself = false;
        for (var count = 0; count <= MostPerTag; count++)
        {
            var begin = at;
            while (at < html.Length && IsBlank(html[at]))
            {
                at++;
            }

            if (at >= html.Length)
            {
                return false;
            }

            if (html[at] == '>')
            {
                at++;
                return true;
            }

            if (html[at] == '/')
            {
                closesItself = true;
                at += 2;
                return at <= html.Length && html[at - 1] == '>';
            }

            if (at == begin || !PassOne(html, ref at, handlersMayStay))
            {
                return false;
            }
        }

        return false;
    }

    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r' or (byte)'\f';

    private static bool PassOne(ReadOnlySpan<byte> html, scoped ref int at, bool handlersMayStay)
    {
        var begin = at;
        while (at < html.Length && (Classes[html[at]] & 1) != 0)
        {
            at++;
        }

        if (at == begin)
        {
            return false;
        }

        var name = html[begin..at];
        if (at < html.Length && char.IsAsciiLetterUpper((char)html[at]))
        {
            // The standard restores the capitals of some names in drawings; these two are the common ones.
            var length = html[begin..].StartsWith("viewBox"u8) ? 7 : html[begin..].StartsWith("preserveAspectRatio"u8) ? 19 : 0;
            at = begin + length;
            name = html[begin..at];
            if (length == 0)
            {
                return false;
            }
        }

        ReadOnlySpan<byte> value = default;
        if (at < html.Length && html[at] == '=')
        {
            at++;
            if (!TryReadValue(html, ref at, out value))
            {
                return false;
            }
        }

        if (name[0] == 'o' && name.StartsWith("on"u8) && !handlersMayStay)
        {
            return false;
        }

        return !Known.TryGet(name, out var kind) || kind switch
        {
            Kind.Address => StaysInPlace(value),
            Kind.AddressSet => AllStayInPlace(value),
            Kind.Style => !value.ContainsAny("&\\"u8) && !MayHoldAddress(value),
            _ => false,
        };
    }

    private static bool TryReadValue(ReadOnlySpan<byte> html, scoped ref int at, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (at >= html.Length)
        {
            return false;
        }

        var begin = at;
        if (html[at] is (byte)'"' or (byte)'\'')
        {
            var length = html[(at + 1)..].IndexOf(html[at]);
            if (length < 0)
            {
                return false;
            }

            value = html.Slice(begin + 1, length);
            at = begin + length + 2;
            return true;
        }

        while (at < html.Length && (Classes[html[at]] & 2) != 0)
        {
            at++;
        }

        value = html[begin..at];
        return at > begin && at < html.Length && (html[at] == '>' || IsBlank(html[at]));
    }

    private static bool StaysInPlace(ReadOnlySpan<byte> address) =>
        address.IsEmpty || address[0] is (byte)'/' or (byte)'#' or (byte)'?'
        || address.StartsWith("https://"u8) || address.StartsWith("http://"u8) || address.StartsWith("mailto:"u8) || address.StartsWith("tel:"u8);

    // Cut into addresses exactly as they are cut when they are rewritten.
    private static bool AllStayInPlace(ReadOnlySpan<byte> set)
    {
        if (set.Contains((byte)'&'))
        {
            return false;
        }

        while (true)
        {
            set = set.TrimStart(" \t\r\n\f,"u8);
            if (set.IsEmpty)
            {
                return true;
            }

            if (!StaysInPlace(set))
            {
                return false;
            }

            var blank = set.IndexOfAny(" \t\r\n\f"u8);
            if (blank < 0)
            {
                return true;
            }

            var endsCandidate = set[blank - 1] == ',';
            set = set[blank..];
            if (endsCandidate)
            {
                continue;
            }

            var comma = set.IndexOf((byte)',');
            if (comma < 0)
            {
                return true;
            }

            set = set[(comma + 1)..];
        }
    }

    private static bool MayHoldAddress(ReadOnlySpan<byte> style)
    {
        while (style.IndexOf((byte)'(') is >= 0 and var at)
        {
            if (at >= 3 && (style[at - 3] | 0x20) == 'u' && (style[at - 2] | 0x20) == 'r' && (style[at - 1] | 0x20) == 'l')
            {
                return true;
            }

            style = style[(at + 1)..];
        }

        return false;
    }

    private static byte[] ClassesOfBytes()
    {
        var classes = new byte[256];
        for (var c = 0; c < 128; c++)
        {
            var text = (char)c;
            var isName = char.IsAsciiLetterLower(text) || char.IsAsciiDigit(text) || "-_:.@".Contains(text, StringComparison.Ordinal);
            var isValue = char.IsAsciiLetterOrDigit(text) || "-_:./#?%+,;!*()@~$[]|^{}".Contains(text, StringComparison.Ordinal);
            classes[c] = (byte)((isName ? 1 : 0) | (isValue ? 2 : 0));
        }

        return classes;
    }
}
