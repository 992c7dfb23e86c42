using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Planning;
using Stitcher.Writing;

namespace Stitcher;

/// <summary>A page's request, from start to end.</summary>
internal sealed class PageEndpoint(
    FragmentFetcher fetcher, PageResponse response, PageRecord record, PageAdmission admission, CatalogState catalog, TimeProvider time, ILogger<PageEndpoint> logger)
{
    /// <param name="context">The request.</param>
    /// <param name="plan">The page.</param>
    public Task InvokeAsync(HttpContext context, PagePlan plan) =>
        !RequestShape.IsPlain(context) || PageRequest.IsAmbiguous(context, plan) ? (plan.IsLone ? LoneFragment.SendAsync(context, StatusCodes.Status400BadRequest) : RefuseAsync(context, StatusCodes.Status400BadRequest))
        : admission.TryEnter() ? InvokeAdmittedAsync(context, plan)
        : TurnAwayAsync(context);

    /// <param name="context">The request.</param>
    /// <param name="plan">The page.</param>
    /// <param name="primary">What the primary slot shows, when that is known already.</param>
    public async Task InvokeAsync(HttpContext context, PagePlan plan, FragmentResult? primary)
    {
        var start = time.GetTimestamp();
        ForeignTrace.Drop(context);
        using var activity = StitcherTracing.StartPage(plan.Name);
        try
        {
            var request = PageRequest.From(context, plan);
            using var fetch = HttpMethods.IsHead(context.Request.Method) ? fetcher.StartDeciding(plan, request) : fetcher.Start(plan, request, primary);
            if (ServerTiming.IsFor(context.Request, catalog.Current.Options.Diagnostics))
            {
                ServerTiming.ApplyLast(context.Response, fetch);
            }

            await fetch.SettleAsync();
            if (plan.Delivery == PageDelivery.Buffered)
            {
                await fetch.WaitForAllAsync();
            }

            var status = PageStatus.For(plan, fetch, request.Address);
            var cookies = PageCookies.For(fetch, request.Address);
            ApplyCookies(context.Response, status, cookies);
            await (status.Composes ? WriteStall.WatchAsync(context, response.SendAsync(context, fetch, status, request.InOrder), catalog.Current.Options.Limits.WriteStall)
                : !plan.IsLone ? AnswerAsync(context, status)
                : status.Location is null ? LoneFragment.SendAsync(context, status.Code)
                : LoneFragmentEndpoint.ReloadAsync(context));
            record.Write(fetch, status, cookies, time.GetElapsedTime(start), activity);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser is gone, and with it whoever wanted the page.
        }
        catch (Exception exception) when (context.Response.HasStarted)
        {
            // A half page must be seen as one: no proper end, rather than an error page in the middle of a document.
            logger.PageAborted(exception, plan.Name);
            context.Abort();
        }
        catch (Exception exception)
        {
            logger.PageCrashed(exception, plan.Name);
            context.Response.Clear();
            var status = new PageStatus(500, Composes: false);
            await AnswerAsync(context, status);
        }
    }

    /// <summary>Answers a request for which there is no room now. Who was turned away together should not come back together.</summary>
    public static Task TurnAwayAsync(HttpContext context) => BusyPage.Full.SendAsync(context, Random.Shared.Next(1, 4));

    private async Task InvokeAdmittedAsync(HttpContext context, PagePlan plan)
    {
        try
        {
            await InvokeAsync(context, plan, null);
        }
        finally
        {
            admission.Leave();
        }
    }

    /// <summary>Answers a request that is none for the page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">The status.</param>
    /// <param name="allow">The methods that the address takes, for the status that must tell them.</param>
    public static Task RefuseAsync(HttpContext context, int code, string? allow = null)
    {
        if (allow is not null)
        {
            context.Response.Headers.Allow = allow;
        }

        return AnswerAsync(context, new PageStatus(code, Composes: false));
    }

    // The gateway's own error pages set none.
    private static void ApplyCookies(HttpResponse response, PageStatus status, PageCookies cookies)
    {
        if (!cookies.Lines.IsEmpty && (status.Composes || status.Location is not null))
        {
            response.Headers.SetCookie = StringValues.Concat(response.Headers.SetCookie, new StringValues([.. cookies.Lines]));
        }
    }

    private static async Task AnswerAsync(HttpContext context, PageStatus status)
    {
        var site = ErrorPage.OfSite(context, status.Code);
        PageHeaders.Apply(context, status, ErrorPage.PolicyOf(site));
        if (status.Location is { } location)
        {
            context.Response.Headers.Location = location;
            context.Response.Headers.Remove("Content-Type");
            return;
        }

        var body = ErrorPage.Render(context, site, status.Code);
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }
}
