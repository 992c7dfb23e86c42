using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stitcher.Manifests;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>
/// Hands out the files of named revisions. Those with a hash are what the manifest says for ever, whether their service is up, down or
/// a revision further; the others are the service's own matter, and kept for the time it is down.
/// </summary>
internal sealed class RevisionAssets(FederationState federation, RevisionFiles files)
{
    /// <summary>What stands in the place of a service in the addresses of stand-ins.</summary>
    public const string StubOwner = "~stub";

    private const string Forever = "public, max-age=31536000, immutable";
    private const string UntilAsked = "no-cache";

    /// <summary>What is left to ask the service for.</summary>
    /// <param name="Path">The path on it.</param>
    /// <param name="IsLasting">Whether anybody may keep what it answers.</param>
    /// <param name="StandIn">What to send when it does not answer; null for nothing.</param>
    public readonly record struct Rest(string Path, bool IsLasting = true, (KeptAsset Asset, string Type)? StandIn = null);

    /// <returns>Null when the request is answered.</returns>
    public async Task<Rest?> TrySendAsync(HttpContext context, ServicePlan service, string path)
    {
        var slash = path.IndexOf('/', 2);
        if (slash < 0 || !federation.Current.Manifests.TryGetValue(service.Name, out var manifest))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return null;
        }

        // A gateway beside this one may have seen a revision that this one has not: the service is asked, and nobody keeps what it says.
        var rest = path[(slash + 1)..];
        if (federation.Current.Revision(service.Name, path[2..slash]) is not { } revision)
        {
            return new Rest(manifest.Base + rest, IsLasting: false);
        }

        if (!revision.Files.TryGetValue(rest, out var file))
        {
            return new Rest(revision.Manifest.Base + rest, revision.Replaced is null);
        }

        if (file.Integrity is null)
        {
            return await WithoutHashAsync(context, revision, file);
        }

        var answer = await files.GetAsync(SourceOf(service), revision, file, context.RequestAborted);
        if (answer.Asset is { } asset)
        {
            await SendAsync(context, asset, file.Kind.ContentType, Forever);
            return null;
        }

        if (answer.End == FileEnd.TooLarge)
        {
            return new Rest(revision.Manifest.Base + rest);
        }

        context.Response.StatusCode = answer.End switch
        {
            FileEnd.Missing => StatusCodes.Status404NotFound,
            FileEnd.Unreachable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status502BadGateway,
        };
        context.Response.Headers.CacheControl = "no-store";
        return null;
    }

    // Nobody can tell whether what the service sends now is still the revision's, so a replaced one is better served by what was kept.
    private async Task<Rest?> WithoutHashAsync(HttpContext context, KnownRevision revision, NamedFile file)
    {
        var kept = files.Find(revision, file);
        if (kept is null || revision.Replaced is null)
        {
            return new Rest(revision.Manifest.Base + file.Path, revision.Replaced is null, kept is null ? null : (kept, file.Kind.ContentType));
        }

        await SendAsync(context, kept, file.Kind.ContentType, UntilAsked);
        return null;
    }

    public static Task SendStandInAsync(HttpContext context, KeptAsset asset, string type)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        return SendAsync(context, asset, type, UntilAsked);
    }

    public Task SendStubAsync(HttpContext context)
    {
        if (federation.Current.Stubs.TryGetValue(context.Request.Path.Value!, out var code))
        {
            return SendAsync(context, new KeptAsset(code), "text/javascript; charset=utf-8", UntilAsked);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static ManifestSource SourceOf(ServicePlan service) => new(service.Name, service.Cluster, "/", service.Assets.Patterns);

    private static async Task SendAsync(HttpContext context, KeptAsset asset, string type, string caching)
    {
        var headers = context.Response.Headers;
        headers.ContentType = type;
        headers.CacheControl = caching;
        headers.ETag = asset.ETag;
        AssetTransformer.Protect(headers);
        var body = asset.Bytes;
        if (asset.Compressed is { } compressed)
        {
            headers.Vary = "Accept-Encoding";
            if (TakesGzip(context.Request.Headers.AcceptEncoding))
            {
                headers.ContentEncoding = "gzip";
                body = compressed;
            }
        }

        if (context.Request.Headers.IfNoneMatch.ToString().Contains(asset.ETag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            headers.Remove("Content-Type");
            headers.Remove("Content-Encoding");
            return;
        }

        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static bool TakesGzip(StringValues accepted) => accepted.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase)
        && !accepted.ToString().Contains("gzip;q=0", StringComparison.OrdinalIgnoreCase);
}
