using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Federation.Manifests;
using Stitcher.Manifests;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>
/// Takes a manifest from whoever deploys a service, so that nobody waits for the next look: <c>POST /_stitcher/manifests/&lt;service&gt;</c>, on the
/// management listener, with a token. What is pushed is current at once, also when it is an older revision.
/// </summary>
internal sealed class ManifestPushEndpoint(
    ManagementTokens tokens, CatalogState catalog, ManifestIntake intake, FederationState federation, ILogger<ManifestPushEndpoint> logger)
{
    public const string Route = "/_stitcher/manifests/{service}";

    private sealed record Refusal(int Status, string Error, IReadOnlyList<Part>? Problems = null);

    private sealed record Part(string Code, string Subject, string Message);

    private sealed record Taken(string Service, string Revision, string Verdict, string? Generation, IReadOnlyList<Part> Problems, IReadOnlyList<Part> Diagnostics);

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!tokens.Any)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "nobody may push manifests: set Stitcher:Management:Tokens, each with Name, Services and Token or TokenFile.");
            return;
        }

        if (tokens.Find(context.Request.Headers.Authorization) is not { } token)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "expected 'Authorization: Bearer' with a token of Stitcher:Management:Tokens.");
            return;
        }

        // Before it is said whether there is such a service: that is for those who may push its manifest.
        var name = (string)context.Request.RouteValues["service"]!;
        if (!token.Services.Any(service => service == ManagementTokenRules.Everything || service == name))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "this token may not push that service's manifest.");
            return;
        }

        if (catalog.SourceOf(name) is not { } source)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "there is no such service, or it has no Manifest in the settings.");
            return;
        }

        await TakeAsync(context, token, source);
    }

    private async Task TakeAsync(HttpContext context, ManagementTokenOptions token, ManifestSource source)
    {
        if (await ReadAsync(context.Request) is not { } bytes)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"the manifest has more than {StitcherManifest.MaxBytes} bytes.");
            return;
        }

        var verdict = intake.Take(source, bytes, isPushed: true, out var refusal, out var problems);
        Part[] parts = [.. problems.Select(static p => new Part(p.Code, p.Subject, p.Message))];
        if (refusal is not null)
        {
            var status = verdict is ManifestVerdict.BytesChanged or ManifestVerdict.MapRefused or ManifestVerdict.Held ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
            await RefuseAsync(context, status, refusal + ".", parts);
            return;
        }

        await intake.RememberAsync(source.Service);
        var current = federation.Current;
        var revision = current.Manifests[source.Service].Revision;
        var id = $"{source.Service}@{revision}";
        Part[] said = [.. current.Result.Diagnostics.Where(d => d.Service == id).Select(static d => new Part(d.Code, d.Package ?? d.Subject ?? "", d.Message))];
        logger.ManifestPushed(token.Name, source.Service, revision, verdict.ToString());
        await context.Response.WriteAsJsonAsync(new Taken(source.Service, revision, verdict.ToString(), current.Generation, parts, said), context.RequestAborted);
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > StitcherManifest.MaxBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > StitcherManifest.MaxBytes)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    private static Task RefuseAsync(HttpContext context, int status, string error, Part[]? problems = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Refusal(status, error, problems), context.RequestAborted);
    }
}
