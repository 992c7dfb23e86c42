using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Stitcher;

/// <summary>Lets through what fetching a file needs, by allow-list in both directions.</summary>
internal sealed class AssetTransformer(string path) : HttpTransformer
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

        // A file opened as a page of this site (an SVG, say) must not run as one.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        return new(true);
    }
}
