using System.Globalization;
using Stitcher.Fetching;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Merging;

/// <summary>What the answers of the primary and the required fragments make of the page's status.</summary>
/// <param name="Code">The status.</param>
/// <param name="Composes">There is a page to compose; otherwise a redirect, or the gateway's own error page.</param>
/// <param name="Location">Where a redirect leads.</param>
/// <param name="RetryAfter">Seconds after which trying again makes sense.</param>
internal readonly record struct PageStatus(int Code, bool Composes, string? Location = null, int? RetryAfter = null)
{
    // What a service asks for beyond this is taken for a mistake.
    private const int LongestRetryAfter = 60;
    private const int UsualRetryAfter = 5;

    /// <param name="plan">The page.</param>
    /// <param name="fetch">Its fragments; those that decide are here.</param>
    /// <param name="address">What the browser asked for.</param>
    public static PageStatus For(PagePlan plan, PageFetch fetch, PublicAddress address)
    {
        foreach (var slot in plan.Deciding)
        {
            var result = fetch.ResultOf(slot.Index);
            if (result is { Outcome: SlotOutcome.FallbackFragment })
            {
                return new PageStatus(503, Composes: true, RetryAfter: UsualRetryAfter);
            }

            if (result is { Failed: true })
            {
                return slot.Role == SlotRole.Primary && result.Failure == SlotFailure.Answered
                    ? TakeOver(result, address)
                    : Failing(slot, result);
            }
        }

        // What a form made or began to make; a fragment that is only read says neither.
        var primary = plan.Primary is { } one ? fetch.ResultOf(one.Index)!.Status : 200;
        return new PageStatus(primary is 201 or 202 ? primary : 200, Composes: true);
    }

    // The primary answered: its status is the page's.
    private static PageStatus TakeOver(FragmentResult result, PublicAddress address)
    {
        if (result.Status is >= 300 and < 400)
        {
            return RedirectTarget.Of(result.Location, address) is { } location
                ? new PageStatus(result.Status, Composes: false, location)
                : new PageStatus(502, Composes: false, RetryAfter: UsualRetryAfter);
        }

        return new PageStatus(result.Status, Composes: true, RetryAfter: result.Status == 429 ? Seconds(result.RetryAfter) : null);
    }

    private static PageStatus Failing(SlotPlan slot, FragmentResult result)
    {
        // What was asked for cannot be: no use in trying again, whatever stands in its place.
        if (result.Failure == SlotFailure.BadParameter)
        {
            return new PageStatus(404, Composes: slot.HasContent);
        }

        // Neither 200 nor 500: crawlers and caches must not keep a page that shows a stand-in.
        if (slot.HasContent)
        {
            return new PageStatus(503, Composes: true, RetryAfter: Seconds(result.RetryAfter));
        }

        var code = result.Failure switch
        {
            SlotFailure.Timeout => 504,
            SlotFailure.CircuitOpen or SlotFailure.Overloaded or SlotFailure.UnknownFragment => 503,
            _ => 502,
        };
        return new PageStatus(code, Composes: false, RetryAfter: UsualRetryAfter);
    }

    private static int Seconds(string? retryAfter) =>
        int.TryParse(retryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, LongestRetryAfter) : UsualRetryAfter;
}
