using Microsoft.AspNetCore.Http;

namespace Stitcher.Planning;

/// <summary>Reads from a request's headers what may be written into another's.</summary>
internal static class RequestHeaders
{
    // What browsers allow a cookie; no header of a site's own needs more.
    private const int Longest = 4_096;

    /// <returns>Null when there is none, or none that can be sent on.</returns>
    public static string? Value(IHeaderDictionary headers, string name) => Sendable(headers[name].ToString());

    /// <summary>A cookie as the browser wrote it; of two with the same name the first, which is the one with the longer path (RFC 6265, section 5.4).</summary>
    /// <returns>Null when there is none, or none that can be sent on.</returns>
    public static string? Cookie(IHeaderDictionary headers, string name)
    {
        foreach (var line in headers.Cookie)
        {
            foreach (var range in line.AsSpan().Split(';'))
            {
                var pair = line.AsSpan(range).Trim(' ');
                var equals = pair.IndexOf('=');
                if (equals > 0 && pair[..equals].SequenceEqual(name))
                {
                    return Sendable(pair[(equals + 1)..].ToString());
                }
            }
        }

        return null;
    }

    // The HTTP client would break off over anything else, and the service would seem to be at fault.
    private static string? Sendable(string value) =>
        value.Length is > 0 and <= Longest && !value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? value : null;
}
