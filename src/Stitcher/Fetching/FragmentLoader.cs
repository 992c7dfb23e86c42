using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Stitcher.Caching;
using Stitcher.Diagnostics;
using Stitcher.Parsing;
using Stitcher.Planning;
using Stitcher.Upstream;

namespace Stitcher.Fetching;

/// <summary>Gets one fragment, without what is nested in it: from the cache, or from its service and compiled. Never throws for a service's sake.</summary>
internal sealed class FragmentLoader(FragmentCache cache, FragmentCompiler compiler, FragmentCookies cookies, ILogger<FragmentLoader> logger)
{
    private readonly FragmentHeads _heads = new();

    /// <summary>What is remembered and still fresh.</summary>
    public FragmentResult? Recall(SlotPlan slot, FragmentRequest question) =>
        cache.TryGetFresh(question.Key, out var cached) ? Present(slot, cached, SlotOutcome.Cached, null, !cached.Markup.Pieces.IsEmpty) : null;

    /// <summary>Forgets what is remembered for a page as this request would see it.</summary>
    public void Forget(PagePlan plan, PageRequest request)
    {
        foreach (var slot in plan.Slots)
        {
            if (slot.Target is not null && FragmentRequest.For(slot, request) is { } question)
            {
                cache.Remove(question.Key);
            }
        }
    }

    /// <param name="slot">The slot that shows it.</param>
    /// <param name="plan">Its page.</param>
    /// <param name="question">What to ask for.</param>
    /// <param name="time">The time until its last byte.</param>
    /// <param name="clientGone">Fires when nobody waits any more.</param>
    public async ValueTask<FragmentResult> LoadAsync(SlotPlan slot, PagePlan plan, FragmentRequest question, TimeSpan time, CancellationToken clientGone)
    {
        try
        {
            using var response = await slot.Service.Client.SendAsync(question.Upstream, time, slot.Service.Terms, clientGone, slot.Timeout);
            if (!response.Succeeded)
            {
                return FragmentResult.Failing(FailureOf(response.Failure), response.Detail, response.Status, response.RetryAfter);
            }

            if (response.Status is >= 300 and < 400)
            {
                return FragmentResult.Failing(SlotFailure.Answered, $"status {response.Status}", response.Status) with
                {
                    Location = response.Location,
                    Cookies = CookiesOf(slot, response),
                };
            }

            return await TakeAsync(slot, plan, question, response);
        }
        catch (Exception exception)
        {
            logger.FetchCrashed(exception, slot.Service.Name, slot.Fragment);
            return FragmentResult.Failing(SlotFailure.Defect, "a defect of the gateway");
        }
    }

    /// <summary>Makes a result of a complete answer.</summary>
    /// <param name="slot">The slot that shows it.</param>
    /// <param name="plan">Its page.</param>
    /// <param name="question">What was asked; null for an answer that must not be remembered.</param>
    /// <param name="response">The answer.</param>
    public async ValueTask<FragmentResult> TakeAsync(SlotPlan slot, PagePlan plan, FragmentRequest? question, UpstreamResponse response)
    {
        var markup = Markup.Empty;
        if (response.IsHtml)
        {
            var compiled = await compiler.CompileAsync(slot, plan.ParseLimits, response.Body);
            if (compiled.Markup is null)
            {
                return FragmentResult.Failing(SlotFailure.Refused, compiled.Refusal, response.Status);
            }

            markup = compiled.Markup;
        }

        var head = _heads.Combine(slot, markup, response.Link);
        var freshness = Freshness.Of(response, cache.LongestFreshness);
        var fragment = new CachedFragment(
            response.Status, markup, head, response.SurrogateKey, freshness > TimeSpan.Zero ? cache.FreshUntil(freshness) : 0);
        if (question is { } asked && freshness > TimeSpan.Zero)
        {
            cache.Store(asked.Key, fragment, freshness);
        }

        var result = Present(slot, fragment, SlotOutcome.Fresh, response.RetryAfter, response.IsHtml);
        return response.SetsCookie ? result with { Cookies = CookiesOf(slot, response) } : result;
    }

    // What a fragment answered about something else than its slot shows is no reason for a cookie, unless the page follows it.
    private ImmutableArray<SetCookieHeaderValue> CookiesOf(SlotPlan slot, UpstreamResponse response) =>
        response.Status < 300 || slot.Role == SlotRole.Primary ? cookies.Accept(slot.Service, response.SetCookies) : [];

    private static FragmentResult Present(SlotPlan slot, CachedFragment fragment, SlotOutcome outcome, string? retryAfter, bool hasBody) => fragment.Status switch
    {
        204 => new FragmentResult { Outcome = SlotOutcome.Empty, Status = 204, Markup = Markup.Empty, FreshUntil = fragment.FreshUntil, Tags = fragment.Tags },
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

    private static SlotFailure FailureOf(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Connect or UpstreamFailure.NoDestination => SlotFailure.Connect,
        UpstreamFailure.Timeout => SlotFailure.Timeout,
        UpstreamFailure.CircuitOpen => SlotFailure.CircuitOpen,
        UpstreamFailure.Overloaded => SlotFailure.Overloaded,
        UpstreamFailure.ClientGone => SlotFailure.ClientGone,
        _ => SlotFailure.Invalid,
    };
}
