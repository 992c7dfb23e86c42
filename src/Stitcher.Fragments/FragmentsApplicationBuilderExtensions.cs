using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stitcher.Fragments;
using Stitcher.Fragments.Serving;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves what fragments need besides HTML.</summary>
public static class FragmentsApplicationBuilderExtensions
{
    /// <summary>Serves the files of <c>wwwroot</c>, with cache headers for those below the asset base.</summary>
    /// <remarks>
    /// A file with a content hash in its name (<c>card-9f2c51ab.js</c>: eight or more letters and digits, some of each, before the
    /// extension) may be kept for a year; any other for a minute, after which its <c>ETag</c> saves the body.
    /// </remarks>
    public static IApplicationBuilder UseFragmentAssets(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var folder = new PathString(app.ApplicationServices
            .GetRequiredService<IOptions<FragmentServiceOptions>>().Value.AssetBase.TrimEnd('/'));
        return app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file =>
            {
                var headers = file.Context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                if (file.Context.Request.Path.StartsWithSegments(folder))
                {
                    headers.CacheControl = AssetNames.HasContentHash(file.File.Name)
                        ? "public, max-age=31536000, immutable"
                        : "public, max-age=60";
                }
            },
        });
    }
}
