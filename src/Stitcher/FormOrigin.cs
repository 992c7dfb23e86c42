using Microsoft.AspNetCore.Http;

namespace Stitcher;

/// <summary>
/// Tells whether a request that changes something comes from a page of this origin. Browsers say so themselves, by <c>Sec-Fetch-Site</c> or, older ones, by
/// <c>Origin</c>, and no page can make them say otherwise; what says neither is no browser and brings nobody's cookies.
/// </summary>
internal static class FormOrigin
{
    private const string Site = "Sec-Fetch-Site";
    private const string WebSocket = "websocket";

    /// <summary>Whether the request may change something: by its method, or as the opening of a connection on which both sides then speak.</summary>
    public static bool MayChange(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method))
        || (request.Headers.Upgrade is { Count: > 0 } upgrade && upgrade.ToString().Contains(WebSocket, StringComparison.OrdinalIgnoreCase));

    /// <param name="request">The request.</param>
    /// <param name="isAllowed">Whether pages of another origin may send it.</param>
    public static bool IsOurs(HttpRequest request, Func<string, bool> isAllowed)
    {
        var origin = request.Headers.Origin;
        var isOwn = request.Headers[Site].ToString() switch
        {
            "same-origin" => true,
            "same-site" or "cross-site" => false,
            _ => origin.Count == 0 || (origin.Count == 1 && IsOwn(request, origin.ToString())),
        };
        return isOwn || (origin.Count == 1 && isAllowed(origin.ToString()));
    }

    // Compared as addresses: browsers leave the scheme's own port out, other clients may not.
    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var named)
        && Uri.TryCreate($"{request.Scheme}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var own)
        && Uri.Compare(named, own, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
