using System.Text;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Fetching;
using Stitcher.Merging;

namespace Stitcher;

/// <summary>Says what became of a page: its measurements, and one log record when a slot failed.</summary>
internal sealed class PageRecord(StitcherMetrics metrics, ILogger<PageRecord> logger)
{
    public void Write(PageFetch fetch, PageStatus status, PageCookies cookies, TimeSpan duration)
    {
        if (metrics.MeasuresPages)
        {
            metrics.PageWritten(fetch.Plan.Name, status.Code, duration);
        }

        CountRefused(fetch, cookies);
        var failed = false;
        foreach (var slot in fetch.Plan.Slots)
        {
            if (fetch.ResultOf(slot.Index) is { } result)
            {
                failed |= result.IsDegraded;
                if (metrics.MeasuresSlots)
                {
                    metrics.SlotWritten(slot.Service.Name, slot.Fragment, result.Outcome.Name(), result.Failure.Name());
                }
            }
        }

        if (status.Code >= 500 && logger.IsEnabled(LogLevel.Warning))
        {
            logger.PageFailed(fetch.Plan.Name, status.Code, Describe(fetch));
        }
        else if (failed && logger.IsEnabled(LogLevel.Information))
        {
            logger.PageDegraded(fetch.Plan.Name, Describe(fetch));
        }
    }

    private void CountRefused(PageFetch fetch, PageCookies cookies)
    {
        foreach (var (service, reason) in cookies.Refused)
        {
            metrics.CookieRefused(service, reason);
        }

        foreach (var service in cookies.Late(fetch))
        {
            metrics.CookieRefused(service, "late");
        }
    }

    private static string Describe(PageFetch fetch)
    {
        var text = new StringBuilder();
        foreach (var slot in fetch.Plan.Slots)
        {
            var result = fetch.ResultOf(slot.Index);
            text.Append(text.Length > 0 ? "; " : "").Append(slot.Address).Append(' ').Append(result is null ? "unfinished" : result.Outcome.Name());
            if (result is { Failure: not SlotFailure.None })
            {
                text.Append(" (").Append(result.Failure.Name()).Append(": ").Append(result.Detail).Append(')');
            }
        }

        return text.ToString();
    }
}
