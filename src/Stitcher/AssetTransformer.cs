using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Stitcher;

/// <summary>Lets through what fetching a file needs, by allow-list in both directions.</summary>
/// <param name="path">The file's path on its service.</param>
/// <param name="isLasting">Whether the answer is what the address means; otherwise nobody may keep it.</param>
internal sealed class AssetTransformer(string path, bool isLasting = true) : HttpTransformer
{
    private static readonly string[] RequestHeaders = ["Accept", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "If-Range"];

    private static readonly string[] ResponseHeaders =
        ["Cache-Control", "Content-Encoding", "Content-Length", "Content-Range", "Content-Type", "ETag", "Last-Modified", "Accept-Ranges", "Expires", "Vary", "Age"];

    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        foreach (var name in RequestHeaders)
        {
            if (httpContext.Request.Headers.TryGetValue(name, out var values))
            {
                proxyRequest.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        proxyRequest.Content = null;
        proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(destinationPrefix, path, httpContext.Request.QueryString);
        return default;
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return new(false);
        }

        var headers = httpContext.Response.Headers;
        foreach (var name in ResponseHeaders)
        {
            if (proxyResponse.Headers.NonValidated.TryGetValues(name, out var values) || proxyResponse.Content.Headers.NonValidated.TryGetValues(name, out values))
            {
                headers[name] = values.ToString();
            }
        }

        if (!isLasting)
        {
            headers.CacheControl = "no-store";
            headers.Remove("Expires");
        }

        Protect(headers);
        return new(true);
    }

    /// <summary>A file opened as a page of this site (an SVG, say) must not run as one.</summary>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        headers.XContentTypeOptions = "nosniff";
    }
}
