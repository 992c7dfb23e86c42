using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Stitcher.Fragments.Publishing;

/// <summary>Serves the manifest. Gateways ask every few seconds, so an unchanged one costs a header.</summary>
internal static class ManifestEndpoint
{
    public static Task InvokeAsync(HttpContext context, FragmentManifest source)
    {
        var current = source.Current;
        var tag = EntityTagHeaderValue.Parse(current.EntityTag);
        context.Response.Headers.ETag = current.EntityTag;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var asked = new RequestHeaders(context.Request.Headers).IfNoneMatch;
        if (asked.Any(candidate => candidate == EntityTagHeaderValue.Any || candidate.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = current.Utf8.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(current.Utf8, context.RequestAborted).AsTask();
    }
}
