using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stitcher.Fragments.Publishing;

namespace Stitcher.Fragments.Gallery;

/// <summary>The development page and the files it needs, all from memory.</summary>
internal static class GalleryEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, string path)
    {
        var manifest = endpoints.ServiceProvider.GetRequiredService<FragmentManifest>();
        endpoints.MapGet(path, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Bytes(GalleryPage.Render(manifest, context.Request).Utf8.ToArray(), "text/html; charset=utf-8");
        });
    }
}
