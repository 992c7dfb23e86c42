using Microsoft.AspNetCore.Http;
using Stitcher.Configuration;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Planning;
using Stitcher.Writing;

namespace Stitcher.Explaining;

/// <summary>
/// Composes a page once, for a visitor who brings nothing but a path and a query, and keeps everything that was decided on the way.
/// What it fetches is remembered like any other fragment; log and metrics count no page.
/// </summary>
internal sealed class PageTrial
{
    private PageTrial(PagePlan plan, PageRequest request, PageFetch fetch)
    {
        Plan = plan;
        Request = request;
        Fetch = fetch;
    }

    public PagePlan Plan { get; }

    public PageRequest Request { get; }

    public PageFetch Fetch { get; }

    public PageStatus Status { get; private set; }

    /// <summary>The page would leave in one go, with its length.</summary>
    public bool IsWhole { get; private set; }

    public MergedHead? Head { get; private set; }

    /// <summary>The time until the status could be told, and until the last slot was ready.</summary>
    public (TimeSpan Settled, TimeSpan Complete) Took { get; private set; }

    /// <summary>The headers of the answer.</summary>
    public required IHeaderDictionary Headers { get; init; }

    /// <param name="context">A request of its own, already routed: nothing of the asking operator's is in it.</param>
    /// <param name="plan">The page it was routed to.</param>
    /// <param name="fetcher">Gets the fragments.</param>
    /// <param name="heads">Merges the head.</param>
    /// <param name="time">The clock.</param>
    public static async Task<PageTrial> RunAsync(HttpContext context, PagePlan plan, FragmentFetcher fetcher, HeadMerger heads, TimeProvider time)
    {
        var start = time.GetTimestamp();
        var request = PageRequest.From(context, plan);
        using var fetch = fetcher.Start(plan, request);
        var trial = new PageTrial(plan, request, fetch) { Headers = context.Response.Headers };
        await trial.Fetch.SettleAsync();
        var settled = time.GetElapsedTime(start);
        var allReady = trial.Fetch.AllReady;
        await trial.Fetch.WaitForAllAsync();

        trial.Took = (settled, time.GetElapsedTime(start));
        trial.Status = PageStatus.For(plan, trial.Fetch, request.Address);
        trial.IsWhole = plan.Delivery == PageDelivery.Buffered || (plan.Delivery == PageDelivery.Auto && allReady);
        trial.Answer(context, heads, time);
        return trial;
    }

    private void Answer(HttpContext context, HeadMerger heads, TimeProvider time)
    {
        if (!Status.Composes)
        {
            PageHeaders.Apply(context, Status, ErrorPage.PolicyOf(ErrorPage.OfSite(context, Status.Code)));
            return;
        }

        Head = heads.For(Plan, Fetch);
        PageHeaders.Apply(context, Status, Head.Policy, Plan);
        if (IsWhole && Status.Code == StatusCodes.Status200OK)
        {
            PageHeaders.Apply(context.Response, PageCaching.For(Plan, Fetch, Head, time));
        }
    }
}
