using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stitcher.Merging;

namespace Stitcher.Writing;

/// <summary>The response headers of a page. They are the gateway's own; a fragment has no say in them.</summary>
internal static class PageHeaders
{
    public const string Html = "text/html; charset=utf-8";

    public static void Apply(HttpResponse response, PageStatus status)
    {
        response.StatusCode = status.Code;
        var headers = response.Headers;
        headers.ContentType = Html;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";

        // Until lifetimes of many parts are merged into one, nobody may keep a composed page.
        headers.CacheControl = "private, no-store";
        headers.AcceptRanges = "none";
        if (status.RetryAfter is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
