using Stitcher.Planning;

namespace Stitcher.Merging;

/// <summary>
/// Where a primary may send the browser: to another place of the same site, and nowhere else. What leaves the gateway is always a path,
/// so that no name of a host inside reaches a browser.
/// </summary>
internal static class RedirectTarget
{
    /// <param name="location">The <c>Location</c> as the service sent it: a path of the site, or an address with the host that the browser asked for.</param>
    /// <param name="page">What the browser asked for.</param>
    /// <returns>The path, or null when it leads out of the site, says nothing clear, or leads back here.</returns>
    public static string? Of(string? location, PublicAddress page)
    {
        // What readers of addresses skip or take for something else: a tab inside "java\tscript:", a backslash for a slash.
        if (location is null || !location.All(c => c is > ' ' and < '\u007f' and not '\\'))
        {
            return null;
        }

        var path = location.StartsWith('/') ? location : PathOnSite(location, page);
        return path is null || path.StartsWith("//", StringComparison.Ordinal) || IsHere(path, page) ? null : path;
    }

    // Only with the very host that the browser named: user information, another port or a path without a slash is something else.
    private static string? PathOnSite(string location, PublicAddress page)
    {
        var origin = $"{page.Scheme}://{page.Host.ToUriComponent()}";
        if (!page.Host.HasValue || !location.StartsWith(origin, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return location[origin.Length..] switch
        {
            "" => "/",
            ['/', ..] path => path,
            ['?' or '#', ..] rest => "/" + rest,
            _ => null,
        };
    }

    // A redirect to the page itself would be followed again and again.
    private static bool IsHere(string path, PublicAddress page) =>
        Uri.TryCreate($"http://site{path}", UriKind.Absolute, out var target)
        && Uri.TryCreate($"http://site{page.FullPath}{page.Query.ToUriComponent()}", UriKind.Absolute, out var here)
        && target.PathAndQuery == here.PathAndQuery;
}
