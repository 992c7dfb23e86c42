using System.Buffers;
using System.Collections.Frozen;

namespace Stitcher.Fragments.Html;

/// <summary>Names with a meaning for what may stand inside.</summary>
internal static class HtmlNames
{
    public static readonly SearchValues<char> AttributeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    // The elements whose content the parser takes as it is: references in it are not decoded, so encoding would show.
    private static readonly FrozenSet<string> RawText =
        new[] { "script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Addresses = new[]
    {
        "href", "src", "action", "formaction", "poster", "data", "cite", "background", "longdesc", "manifest", "ping", "xlink:href",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsRawText(string element) => RawText.Contains(element);

    /// <summary>Content in which references are decoded but elements are not read.</summary>
    public static bool IsTextOnly(string element) => element is "textarea" or "title";

    public static HtmlAttributeKind KindOf(string attribute)
    {
        if (attribute.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Equals("srcdoc", StringComparison.OrdinalIgnoreCase))
        {
            return HtmlAttributeKind.Code;
        }

        if (attribute.Equals("style", StringComparison.OrdinalIgnoreCase))
        {
            return HtmlAttributeKind.Style;
        }

        return Addresses.Contains(attribute) ? HtmlAttributeKind.Address : HtmlAttributeKind.Plain;
    }
}
