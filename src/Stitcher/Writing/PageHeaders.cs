using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stitcher.Federation;
using Stitcher.Merging;
using Stitcher.Planning;

namespace Stitcher.Writing;

/// <summary>The response headers of a page. They are the gateway's own; a fragment has no say in them.</summary>
internal static class PageHeaders
{
    private static readonly StringValues Html = "text/html; charset=utf-8";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues None = "none";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues SameOriginFrames = "SAMEORIGIN";
    private static readonly StringValues Referrer = "strict-origin-when-cross-origin";
    private static readonly StringValues AcceptEncoding = "Accept-Encoding";
    private static readonly StringValues NoStore = PageCaching.Nobody.CacheControl;
    private static readonly StringValues OnlyKnownScripts = "blocked-destinations=(script)";
    private static readonly StringValues Permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    // A day to begin with: what is promised here cannot be taken back sooner.
    private static readonly StringValues OneDayOfHttps = "max-age=86400";

    /// <param name="context">The request.</param>
    /// <param name="status">The page's status.</param>
    /// <param name="policy">Its Content-Security-Policy.</param>
    /// <param name="plan">The page; null for one that was not composed.</param>
    public static void Apply(HttpContext context, PageStatus status, string policy, PagePlan? plan = null)
    {
        context.Response.StatusCode = status.Code;
        var headers = context.Response.Headers;
        headers.ContentType = Html;
        headers.CacheControl = NoStore;
        headers.Vary = AcceptEncoding;
        headers.AcceptRanges = None;
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = SameOriginFrames;
        headers["Referrer-Policy"] = Referrer;
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        if (plan?.Generation is { } generation)
        {
            headers[FragmentHeaders.Generation] = generation;
        }

        if (plan is { IntegrityPolicy: true })
        {
            headers["Integrity-Policy"] = OnlyKnownScripts;
        }

        if (context.Request.IsHttps)
        {
            headers.ContentSecurityPolicy = policy + "; upgrade-insecure-requests";
            headers.StrictTransportSecurity = OneDayOfHttps;
        }
        else
        {
            headers.ContentSecurityPolicy = policy;
        }

        if (status.RetryAfter is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Says what caches may do with a page that goes out whole.</summary>
    public static void Apply(HttpResponse response, PageCaching caching)
    {
        response.Headers.Vary = caching.Vary;
        response.Headers.CacheControl = caching.CacheControl;
        if (caching.ETag is not null)
        {
            response.Headers.ETag = caching.ETag;
        }

        if (caching.Tags is not null)
        {
            response.Headers["Surrogate-Key"] = caching.Tags;
        }
    }
}
