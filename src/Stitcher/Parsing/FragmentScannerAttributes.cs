using System.Text;
using Stitcher.Configuration;

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

        /// <summary>A name that scripts of the page could find the element by.</summary>
        Name,

        /// <summary>What only a service that may bring script can say.</summary>
        Reaching,

        /// <summary>Nothing is proven about a tag that has it.</summary>
        Unusual,
    }

    // Far below what the parse budget grants, so that its exact figures need not be known here.
    private const int MostPerTag = 64;
    private const int LongestValue = 16 * 1024;

    private static readonly FragmentScannerNames<Kind> Known = new(
    [
        .. TrustRules.AddressAttributes.Select(name => KeyValuePair.Create(name, Kind.Address)),
        .. TrustRules.AddressSetAttributes.Select(name => KeyValuePair.Create(name, Kind.AddressSet)),
        .. TrustRules.AnimatedAttributes.Select(name => KeyValuePair.Create(name, Kind.Unusual)),
        .. TrustRules.ReachingAttributes.Select(name => KeyValuePair.Create(name, Kind.Reaching)),
        KeyValuePair.Create("style", Kind.Style),
        KeyValuePair.Create("id", Kind.Name),
        KeyValuePair.Create("name", Kind.Name),
        KeyValuePair.Create("srcdoc", Kind.Unusual),
        KeyValuePair.Create("xml:base", Kind.Unusual),
    ]);

    private static readonly FragmentScannerNames<bool> Reserved = new([.. ReservedNames.OfDocument.Select(name => KeyValuePair.Create(name, true))]);

    /// <summary>Which bytes a name may have (1) and which a value without quotes may have (2).</summary>
    private static readonly byte[] Classes = ClassesOfBytes();

    /// <param name="html">The fragment from behind the tag's name.</param>
    /// <param name="trust">What the service may do.</param>
    /// <param name="closesItself">Whether the tag ends in <c>/&gt;</c>.</param>
    /// <returns>The bytes up to and with the tag's <c>&gt;</c>; -1 when not all attributes are known to stay as they are written.</returns>
    public static int Pass(ReadOnlySpan<byte> html, TrustLevel trust, out bool closesItself)
    {
        closesItself = false;
        var at = 0;
        for (var count = 0; count <= MostPerTag; count++)
        {
            var begin = at;
            while ((uint)at < (uint)html.Length && IsBlank(html[at]))
            {
                at++;
            }

            if ((uint)at >= (uint)html.Length)
            {
                return -1;
            }

            if (html[at] == '>')
            {
                return at + 1;
            }

            if (html[at] == '/')
            {
                closesItself = true;
                return at + 1 < html.Length && html[at + 1] == '>' ? at + 2 : -1;
            }

            var length = at == begin ? -1 : PassOne(html[at..], trust);
            if (length < 0)
            {
                return -1;
            }

            at += length;
        }

        return -1;
    }

    /// <summary>
    /// Whether text that is no markup to the parser would end a <c>noscript</c> element around the slot for a browser that runs scripts;
    /// the parser refuses it wherever it stands.
    /// </summary>
    public static bool EndsNoScript(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf("</"u8) is >= 0 and var at)
        {
            text = text[(at + 2)..];
            if (text.Length >= 8 && Ascii.EqualsIgnoreCase(text[..8], "noscript"u8))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r' or (byte)'\f';

    private static int PassOne(ReadOnlySpan<byte> html, TrustLevel trust)
    {
        var classes = Classes;
        var length = 0;
        while ((uint)length < (uint)html.Length && (classes[html[length]] & 1) != 0)
        {
            length++;
        }

        if ((uint)length >= (uint)html.Length)
        {
            return -1;
        }

        if (char.IsAsciiLetterUpper((char)html[length]))
        {
            // The standard restores the capitals of some names in drawings; these two are the common ones.
            length = html.StartsWith("viewBox"u8) ? 7 : html.StartsWith("preserveAspectRatio"u8) ? 19 : 0;
        }

        if (length == 0 || length >= html.Length)
        {
            return -1;
        }

        var name = html[..length];
        ReadOnlySpan<byte> value = default;
        if (html[length] == '=')
        {
            var begin = length + 1;
            length += 1 + LengthOfValue(html[begin..], out var quotes);
            if (length < begin)
            {
                return -1;
            }

            value = html[(begin + quotes)..(length - quotes)];
        }

        return Stays(name, value, trust) ? length : -1;
    }

    private static bool Stays(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, TrustLevel trust)
    {
        if (trust < TrustLevel.Trusted && name.StartsWith("on"u8))
        {
            return false;
        }

        return !Known.TryGet(name, out var kind) || kind switch
        {
            Kind.Address => StaysInPlace(value),
            Kind.AddressSet => AllStayInPlace(value),
            Kind.Name => !value.Contains((byte)'&') && !value.StartsWith("stitcher"u8) && !Reserved.TryGet(value, out _),
            Kind.Reaching => trust > TrustLevel.Markup,
            Kind.Style => !value.ContainsAny("&\\"u8) && !MayHoldAddress(value),
            _ => false,
        };
    }

    // With its quotes, of which there are 1 or 0 at either end; less than zero when it is not readable without doubt.
    private static int LengthOfValue(ReadOnlySpan<byte> html, out int quotes)
    {
        const int Unreadable = int.MinValue / 2;
        quotes = 0;
        if (html.IsEmpty)
        {
            return Unreadable;
        }

        var length = 0;
        if (html[0] is (byte)'"' or (byte)'\'')
        {
            quotes = 1;
            var inner = html[1..];
            length = inner.IndexOfAny(html[0], (byte)'<');
            if (length >= 0 && inner[length] == '<')
            {
                length = inner.IndexOf(html[0]);
                if (length >= 0 && EndsNoScript(inner[..length]))
                {
                    return Unreadable;
                }
            }

            return length is >= 0 and <= LongestValue ? length + 2 : Unreadable;
        }

        var classes = Classes;
        while ((uint)length < (uint)html.Length && (classes[html[length]] & 2) != 0)
        {
            length++;
        }

        return length is > 0 and <= LongestValue && length < html.Length && (html[length] == '>' || IsBlank(html[length])) ? length : Unreadable;
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
