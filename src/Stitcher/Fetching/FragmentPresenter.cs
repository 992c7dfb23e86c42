using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using Stitcher.Caching;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Fetching;

/// <summary>Makes of what was fetched or remembered what one slot shows.</summary>
internal sealed class FragmentPresenter(FragmentCookies cookies)
{
    /// <summary>Something that was fetched for this slot, or for another that asked for the same.</summary>
    public FragmentResult Show(SlotPlan slot, Fetched fetched)
    {
        var result = fetched.Fragment is { } fragment
            ? Show(slot, fragment, fetched.WasKept ? SlotOutcome.Cached : SlotOutcome.Fresh, fetched.HasBody, fetched.RetryAfter)
            : FragmentResult.Failing(fetched.Failure, fetched.Detail, fetched.Status, fetched.RetryAfter) with { Location = fetched.Location };
        return fetched is { SetCookies.IsEmpty: true, Refused: null } ? result
            : result with { Cookies = fetched.SetCookies.IsEmpty ? [] : CookiesOf(slot, fetched), Refused = fetched.Refused };
    }

    /// <summary>Something that is remembered and fresh.</summary>
    public static FragmentResult ShowCached(SlotPlan slot, CachedFragment fragment) =>
        Show(slot, fragment, SlotOutcome.Cached, !fragment.Markup.Pieces.IsEmpty, null);

    /// <summary>Something that is remembered and old.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="fragment">What is remembered.</param>
    /// <param name="age">The time since its service made it.</param>
    /// <param name="instead">The failure in whose place it is shown; null while a newer one is merely on its way.</param>
    public static FragmentResult ShowStale(SlotPlan slot, CachedFragment fragment, TimeSpan age, Fetched? instead)
    {
        var result = Show(slot, fragment, SlotOutcome.Stale, !fragment.Markup.Pieces.IsEmpty, null) with { Age = age };
        return result.Failed || instead is null ? result : result with { Failure = instead.Failure, Detail = instead.Detail };
    }

    private static FragmentResult Show(SlotPlan slot, CachedFragment fragment, SlotOutcome outcome, bool hasBody, string? retryAfter) => fragment.Status switch
    {
        204 => new FragmentResult
        {
            Outcome = outcome == SlotOutcome.Stale ? outcome : SlotOutcome.Empty,
            Status = 204,
            Markup = Markup.Empty,
            FreshUntil = fragment.FreshUntil,
            Tags = fragment.Tags,
        },
        < 300 => new FragmentResult
        {
            Outcome = outcome,
            Status = fragment.Status,
            Markup = fragment.Markup,
            Head = fragment.Head,
            FreshUntil = fragment.FreshUntil,
            Tags = fragment.Tags,
        },

        // Another status is an answer about a thing; only the primary's is the page's, and its body is shown.
        _ => FragmentResult.Failing(SlotFailure.Answered, $"status {fragment.Status}", fragment.Status, retryAfter) with
        {
            Markup = slot.Role == SlotRole.Primary && hasBody ? fragment.Markup : null,
            Head = slot.Role == SlotRole.Primary ? fragment.Head : [],
        },
    };

    // What a fragment answered about something else than its slot shows is no reason for a cookie, unless the page follows it.
    private ImmutableArray<SetCookieHeaderValue> CookiesOf(SlotPlan slot, Fetched fetched) =>
        (fetched.Fragment?.Status ?? fetched.Status) < 300 || slot.Role == SlotRole.Primary ? cookies.Accept(slot.Service, fetched.SetCookies) : [];
}
