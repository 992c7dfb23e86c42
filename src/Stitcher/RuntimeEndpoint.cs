using Microsoft.AspNetCore.Http;
using Stitcher.Browser;
using Stitcher.Writing;

namespace Stitcher;

/// <summary>Hands the gateway's own browser modules to browsers, compressed ahead.</summary>
internal static class RuntimeEndpoint
{
    /// <summary>Only names with a hash in them: all else below the folder is the operators'.</summary>
    public const string Route = RuntimeModules.Folder + "{file:regex(^[a-z]+-[[0-9a-f]]{{16}}\\.js$)}";

    private const string Forever = "public, max-age=31536000, immutable";

    public static async Task InvokeAsync(HttpContext context)
    {
        if (RuntimeModules.Find((string)context.Request.RouteValues["file"]!) is not { } module)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = Forever;
        headers.ETag = module.ETag;
        headers.Vary = "Accept-Encoding";
        AssetTransformer.Protect(headers);
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(module.ETag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var coding = ContentCodings.Best(context.Request.Headers.AcceptEncoding);
        var body = coding switch
        {
            ContentCoding.Brotli => module.Brotli,
            ContentCoding.Gzip => module.Gzip,
            _ => module.Bytes,
        };
        if (coding != ContentCoding.Identity)
        {
            headers.ContentEncoding = ContentCodings.NameOf(coding);
        }

        headers.ContentType = "text/javascript; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
