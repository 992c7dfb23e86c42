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

    public static PageStatus For(PagePlan plan, PageFetch fetch)
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
                    ? TakeOver(result)
                    : Failing(slot, result);
            }
        }

        return new PageStatus(200, Composes: true);
    }

    // The primary answered: its status is the page's.
    private static PageStatus TakeOver(FragmentResult result)
    {
        if (result.Status is >= 300 and < 400)
        {
            return IsOwnPath(result.Location)
                ? new PageStatus(result.Status, Composes: false, result.Location)
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
            SlotFailure.CircuitOpen or SlotFailure.UnknownFragment => 503,
            _ => 502,
        };
        return new PageStatus(code, Composes: false, RetryAfter: UsualRetryAfter);
    }

    private static int Seconds(string? retryAfter) =>
        int.TryParse(retryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, LongestRetryAfter) : UsualRetryAfter;

    // A path of this site and nothing that a browser could read as another: //host, /\host, a control character in between.
    private static bool IsOwnPath(string? location) =>
        location is ['/', ..] && !location.StartsWith("//", StringComparison.Ordinal) && !location.Contains('\\', StringComparison.Ordinal)
        && !location.Any(char.IsControl) && location.All(char.IsAscii);
}
