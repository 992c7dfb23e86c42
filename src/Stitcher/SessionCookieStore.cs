using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Stitcher.Configuration;

namespace Stitcher;

/// <summary>
/// Puts the session's cookie under a name that says over https that it is from this very host: no neighbour below the same domain, and nobody on the way who
/// answers for http, can put another in its place.
/// </summary>
internal sealed class SessionCookieStore : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, NameFor(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, NameFor(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, NameFor(context, key), options);

    private static string NameFor(HttpContext context, string key) => context.Request.IsHttps ? SessionCookies.HostPrefix + key : key;
}
