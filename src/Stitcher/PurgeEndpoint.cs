using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stitcher.Caching;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>Lets operators and services purge remembered fragments: <c>POST /_stitcher/purge</c>, on the management listener, with a token.</summary>
internal sealed class PurgeEndpoint(ManagementTokens tokens, FragmentPurge purge, CatalogState catalog, ILogger<PurgeEndpoint> logger) : IDisposable
{
    public const string Route = "/_stitcher/purge";

    private const long LargestBody = 16 * 1024;

    // A purge looks at every entry; whoever changes more than this in a second purges by service or tag.
    private readonly TokenBucketRateLimiter _pace = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = 100,
        TokensPerPeriod = 20,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        AutoReplenishment = true,
        QueueLimit = 0,
    });

    private sealed record Refusal(int Status, string Error);

    private sealed record Purged(int Count, string Mode, string Service);

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        using var lease = _pace.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "1";
            await AnswerAsync(context, StatusCodes.Status429TooManyRequests, "too many purges in a second; purge by service or tag instead of one by one.");
            return;
        }

        if (!tokens.Any)
        {
            await AnswerAsync(context, StatusCodes.Status403Forbidden, "nobody may purge: set Stitcher:Management:Tokens, each with Name, Services and Token or TokenFile.");
            return;
        }

        if (tokens.Find(context.Request.Headers.Authorization) is not { } token)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await AnswerAsync(context, StatusCodes.Status401Unauthorized, "expected 'Authorization: Bearer' with a token of Stitcher:Management:Tokens.");
            return;
        }

        await PurgeAsync(context, token);
    }

    public void Dispose() => _pace.Dispose();

    private async Task PurgeAsync(HttpContext context, ManagementTokenOptions token)
    {
        if (context.Request.ContentLength > LargestBody || await PurgeRequest.ReadAsync(context.Request) is not { } request)
        {
            await AnswerAsync(
                context, StatusCodes.Status400BadRequest, "expected 'service', one of 'fragment', 'url' and 'tag' or none, and 'mode', as JSON or in the query.");
            return;
        }

        if (request.Complaint() is { } complaint)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, complaint);
            return;
        }

        // Before it is said whether there is such a service: that is for those who may purge it.
        if (!token.Services.Any(service => service == ManagementTokenRules.Everything || service == request.Service))
        {
            logger.PurgeForbidden(token.Name, request.Service!);
            await AnswerAsync(context, StatusCodes.Status403Forbidden, "this token may not purge that service.");
            return;
        }

        if (!catalog.Current.Services.ContainsKey(request.Service!))
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "there is no such service.");
            return;
        }

        var count = await purge.PurgeAsync(request.Scope(), request.IsSoft, context.RequestAborted);
        var mode = request.IsSoft ? PurgeRequest.Soft : PurgeRequest.Hard;
        logger.Purged(token.Name, count, mode, request.Service!, Subject(request));
        await context.Response.WriteAsJsonAsync(new Purged(count, mode, request.Service!), context.RequestAborted);
    }

    // A query may carry what is nobody else's.
    private static string Subject(PurgeRequest request) =>
        request.Fragment is { } fragment ? "fragment " + fragment
        : request.Url is { } url ? "address " + url.Split('?')[0]
        : request.Tag is { } tag ? "tag " + tag
        : "everything";

    private static Task AnswerAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Refusal(status, error), context.RequestAborted);
    }
}
