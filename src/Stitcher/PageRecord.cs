using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Fetching;
using Stitcher.Merging;

namespace Stitcher;

/// <summary>Says what became of a page: its measurements, the end of its span, and one log record, whose level says how it fared.</summary>
internal sealed class PageRecord(StitcherMetrics metrics, ILogger<PageRecord> logger)
{
    public void Write(PageFetch fetch, PageStatus status, PageCookies cookies, TimeSpan duration, Activity? activity)
    {
        if (metrics.MeasuresPages)
        {
            metrics.PageWritten(fetch.Plan.Name, status.Code, duration);
        }

        CountRefused(fetch, cookies);
        var (isDegraded, hidesFailure) = CountSlots(fetch);
        Tag(activity, status, isDegraded, hidesFailure);
        var (level, kind) = status.Code >= 500 ? (LogLevel.Warning, Log.PageFailed)
            : isDegraded ? (LogLevel.Information, Log.PageDegraded)
            : hidesFailure ? (LogLevel.Information, Log.PageStale)
            : (LogLevel.Debug, Log.PageComposed);
        if (logger.IsEnabled(level))
        {
            logger.PageEnded(level, kind, new PageOutcomes(fetch, status, duration));
        }
    }

    private (bool IsDegraded, bool HidesFailure) CountSlots(PageFetch fetch)
    {
        var (isDegraded, hidesFailure) = (false, false);
        foreach (var slot in fetch.Plan.Slots)
        {
            if (fetch.ResultOf(slot.Index) is { } result)
            {
                isDegraded |= result.IsDegraded;
                hidesFailure |= result.HidesFailure;
                if (metrics.MeasuresSlots)
                {
                    metrics.SlotWritten(slot.Service.Name, slot.Fragment, result.Outcome.Name(), result.Failure.Name());
                }
            }
        }

        return (isDegraded, hidesFailure);
    }

    private static void Tag(Activity? activity, PageStatus status, bool isDegraded, bool hidesFailure) => activity?
        .SetTag("http.response.status_code", status.Code)
        .SetTag("stitcher.degraded", isDegraded)
        .SetTag("stitcher.hides_failure", hidesFailure)
        .SetStatus(status.Code >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);

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
}
