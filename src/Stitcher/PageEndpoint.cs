using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Planning;
using Stitcher.Writing;

namespace Stitcher;

/// <summary>A page's request, from start to end.</summary>
internal sealed class PageEndpoint(FragmentFetcher fetcher, PageResponse response, PageRecord record, TimeProvider time, ILogger<PageEndpoint> logger)
{
    public async Task InvokeAsync(HttpContext context, PagePlan plan)
    {
        var start = time.GetTimestamp();
        try
        {
            var request = PageRequest.From(context, plan);
            var fetch = fetcher.Start(plan, request);
            await fetch.SettleAsync();
            if (plan.Delivery == PageDelivery.Buffered)
            {
                await fetch.WaitForAllAsync();
            }

            var status = PageStatus.For(plan, fetch);
            await (status.Composes ? response.SendAsync(context, fetch, status, request.InOrder) : AnswerAsync(context, status));
            record.Write(fetch, status, time.GetElapsedTime(start));
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

    private static async Task AnswerAsync(HttpContext context, PageStatus status)
    {
        PageHeaders.Apply(context, status, ErrorPage.Policy);
        if (status.Location is { } location)
        {
            context.Response.Headers.Location = location;
            context.Response.Headers.Remove("Content-Type");
            return;
        }

        var body = ErrorPage.Render(status.Code, Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }
}
