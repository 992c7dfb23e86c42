using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stitcher.Fragments;
using Stitcher.Fragments.Packages;
using Stitcher.Fragments.Publishing;
using Stitcher.Fragments.Serving;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves what fragments need besides HTML.</summary>
public static class FragmentsApplicationBuilderExtensions
{
    /// <summary>Serves the files of <c>wwwroot</c>, with cache headers for those below the asset base, and the files of packages mapped with <c>MapNpmPackage</c>.</summary>
    /// <remarks>
    /// A file with a content hash in its name (<c>card-9f2c51ab.js</c>: eight or more letters and digits, some of each, before the
    /// extension) may be kept for a year, and so may packages, whose folder names the version; any other for a minute, after which its <c>ETag</c> saves
    /// the body.
    /// </remarks>
    public static IApplicationBuilder UseFragmentAssets(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var folder = new PathString(app.ApplicationServices
            .GetRequiredService<IOptions<FragmentServiceOptions>>().Value.AssetBase.TrimEnd('/'));
        app.UseStaticFiles(new StaticFileOptions
        {
            // The folder names the version, so what is below it never changes.
            FileProvider = new PackageFiles(app.ApplicationServices.GetRequiredService<FragmentManifest>()),
            RequestPath = folder.Add("/" + NpmSelector.Folder.TrimEnd('/')),
            OnPrepareResponse = static file => Prepare(file.Context.Response.Headers, isForGood: true),
        });
        return app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file =>
            {
                file.Context.Response.Headers.XContentTypeOptions = "nosniff";
                if (file.Context.Request.Path.StartsWithSegments(folder))
                {
                    Prepare(file.Context.Response.Headers, AssetNames.HasContentHash(file.File.Name));
                }
            },
        });
    }

    private static void Prepare(IHeaderDictionary headers, bool isForGood)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = isForGood ? "public, max-age=31536000, immutable" : "public, max-age=60";
    }
}
