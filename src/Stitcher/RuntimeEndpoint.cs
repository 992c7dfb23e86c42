using Microsoft.AspNetCore.Http;
using Stitcher.Browser;
using Stitcher.Writing;

namespace Stitcher;

/// <summary>Hands the gateway's own browser modules to browsers, compressed ahead.</summary>
internal static class RuntimeEndpoint
{
    private const string Forever = "public, max-age=31536000, immutable";

    public static string RouteOf(RuntimeModule module) => RuntimeModules.Folder + module.File;

    public static async Task InvokeAsync(HttpContext context, RuntimeModule module)
    {
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
