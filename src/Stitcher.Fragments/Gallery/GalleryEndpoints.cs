using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Fragments.Publishing;

namespace Stitcher.Fragments.Gallery;

/// <summary>The development page and the files it needs, all from memory.</summary>
internal static class GalleryEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, string path)
    {
        var manifest = endpoints.ServiceProvider.GetRequiredService<FragmentManifest>();
        endpoints.MapGet(path, context =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["X-Robots-Tag"] = "noindex";
            var page = GalleryPage.Render(manifest, context.Request);
            return SendAsync(context, "text/html; charset=utf-8", "no-store", page.Utf8);
        }).WithDisplayName("Fragment gallery");
        foreach (var file in new[] { GalleryFile.Style, GalleryFile.Script })
        {
            endpoints
                .MapGet(file.Path, context => SendAsync(context, file.ContentType, "public, max-age=31536000, immutable", file.Bytes))
                .WithDisplayName($"Fragment gallery: {file.Name}");
        }
    }

    private static Task SendAsync(HttpContext context, string contentType, string caching, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = caching;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
