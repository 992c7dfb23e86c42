using System.Net;
using System.Text;

namespace Stitcher.Fragments.Html;

/// <summary>Tells addresses that only lead somewhere from those that run something.</summary>
internal static class HtmlAddress
{
    /// <summary>What is written in place of a dangerous address: goes nowhere and says so.</summary>
    public const string Refused = "about:invalid";

    private static readonly string[] Schemes = ["http", "https", "mailto", "tel"];

    // Pictures that cannot hold script; SVG can, in places other than img.
    private static readonly string[] Pictures =
        ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;", "data:image/avif;"];

    public static bool IsHarmless(string? address)
    {
        if (string.IsNullOrEmpty(address))
        {
            return true;
        }

        var seen = AsBrowsersSee(address);
        var end = seen.AsSpan().IndexOfAny("/?#:");
        if (end < 0 || seen[end] != ':')
        {
            return true;
        }

        var scheme = seen[..end];
        return Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase)
            || Pictures.Any(picture => seen.StartsWith(picture, StringComparison.OrdinalIgnoreCase));
    }

    public static bool IsHarmlessEncoded(ReadOnlySpan<byte> encoded) =>
        IsHarmless(WebUtility.HtmlDecode(Encoding.UTF8.GetString(encoded)));

    /// <summary>The URL standard's first steps: blanks and controls around are dropped, tabs and line breaks anywhere.</summary>
    private static string AsBrowsersSee(string address)
    {
        var seen = new StringBuilder(address.Length);
        foreach (var character in address)
        {
            if (character is not ('\t' or '\n' or '\r') && (seen.Length > 0 || character > ' '))
            {
                seen.Append(character);
            }
        }

        return seen.ToString();
    }
}
