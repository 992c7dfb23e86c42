using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Stitcher.Writing;

/// <summary>How a page's bytes are compressed.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Reads what a browser takes (RFC 9110, section 12.5.3).</summary>
internal static class ContentCodings
{
    /// <returns>Brotli before gzip when both are taken, since it is smaller.</returns>
    public static ContentCoding Best(StringValues acceptEncoding)
    {
        var best = ContentCoding.Identity;
        foreach (var value in acceptEncoding)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var coding = value.AsSpan(range).Trim();
                var semicolon = coding.IndexOf(';');
                var name = (semicolon < 0 ? coding : coding[..semicolon]).Trim();
                var offered = name.Equals("br", StringComparison.OrdinalIgnoreCase) ? ContentCoding.Brotli
                    : name.Equals("gzip", StringComparison.OrdinalIgnoreCase) ? ContentCoding.Gzip
                    : ContentCoding.Identity;
                if (offered > best && (semicolon < 0 || !IsRefused(coding[(semicolon + 1)..])))
                {
                    best = offered;
                }
            }
        }

        return best;
    }

    public static string NameOf(ContentCoding coding) => coding == ContentCoding.Brotli ? "br" : "gzip";

    private static bool IsRefused(ReadOnlySpan<char> parameters)
    {
        var equals = parameters.IndexOf('=');
        return equals >= 0
            && parameters[..equals].Trim().Equals("q", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(parameters[(equals + 1)..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality)
            && quality == 0;
    }
}
