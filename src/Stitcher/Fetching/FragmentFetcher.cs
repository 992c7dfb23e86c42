using Microsoft.Extensions.Logging;
using Stitcher.Caching;
using Stitcher.Diagnostics;
using Stitcher.Parsing;
using Stitcher.Planning;
using Stitcher.Upstream;

namespace Stitcher.Fetching;

/// <summary>Gets the fragments of one request: all at once, from the cache or from their services. Never throws for a service's sake.</summary>
internal sealed class FragmentFetcher(FragmentCache cache, FragmentParser parser, MarkupMemo memo, ILogger<FragmentFetcher> logger)
{
    private readonly FragmentHeads _heads = new();

    /// <summary>Starts every slot before it waits for any.</summary>
    public PageFetch Start(PagePlan plan, PageRequest request)
    {
        var fetch = new PageFetch(plan);
        foreach (var slot in plan.Slots)
        {
            fetch.Add(slot.Index, Fetch(slot, plan, request));
        }

        return fetch;
    }

    private ValueTask<FragmentResult> Fetch(SlotPlan slot, PagePlan plan, PageRequest request)
    {
        if (slot.Target is null)
        {
            return new(FragmentResult.Failing(SlotFailure.UnknownFragment, "no manifest has named the fragment yet"));
        }

        if (FragmentRequest.For(slot, request) is not { } question)
        {
            return new(FragmentResult.Failing(SlotFailure.BadParameter, "a place of its path has no value that can stand in a path"));
        }

        return cache.TryGetFresh(question.Key, out var cached)
            ? new(Recall(slot, cached))
            : FetchAsync(slot, plan, question, request.ClientGone);
    }

    private async ValueTask<FragmentResult> FetchAsync(SlotPlan slot, PagePlan plan, FragmentRequest question, CancellationToken clientGone)
    {
        try
        {
            using var response = await slot.Service.Client.SendAsync(question.Upstream, slot.Timeout, plan.FragmentBytes, clientGone);
            if (!response.Succeeded)
            {
                return FragmentResult.Failing(FailureOf(response.Failure), response.Detail, response.Status, response.RetryAfter);
            }

            if (response.Status is >= 300 and < 400)
            {
                return FragmentResult.Failing(SlotFailure.Answered, $"status {response.Status}", response.Status) with { Location = response.Location };
            }

            return await CompileAsync(slot, plan, question, response);
        }
        catch (Exception exception)
        {
            logger.FetchCrashed(exception, slot.Service.Name, slot.Fragment);
            return FragmentResult.Failing(SlotFailure.Defect, "a defect of the gateway");
        }
    }

    private async ValueTask<FragmentResult> CompileAsync(SlotPlan slot, PagePlan plan, FragmentRequest question, UpstreamResponse response)
    {
        var markup = Markup.Empty;
        if (response.IsHtml)
        {
            if (!memo.TryGet(response.Body.Span, slot.Scope, out var compiled)
                && !FragmentParser.TryProve(response.Body.Span, slot.Origin, slot.Context, plan.ParseLimits, out compiled))
            {
                // New bytes are parsed away from the threads that move bytes: a hostile fragment may cost its whole budget.
                compiled = await Task.Run(() => parser.Parse(response.Body, slot.Origin, slot.Context, plan.ParseLimits));
                memo.Remember(response.Body.Span, slot.Scope, compiled);
                if (compiled.Refusal is { } refusal)
                {
                    logger.FragmentRefused(slot.Service.Name, slot.Fragment, refusal);
                }
            }

            if (compiled.Markup is null)
            {
                return FragmentResult.Failing(SlotFailure.Refused, compiled.Refusal, response.Status);
            }

            markup = compiled.Markup;
        }

        var head = _heads.Combine(slot, markup, response.Link);
        var freshness = Freshness.Of(response, cache.LongestFreshness);
        var fragment = new CachedFragment(response.Status, markup, head, cache.FreshUntil(freshness));
        if (freshness > TimeSpan.Zero)
        {
            cache.Store(question.Key, fragment, freshness);
        }

        return Present(slot, fragment, SlotOutcome.Fresh, response.RetryAfter, response.IsHtml);
    }

    private static FragmentResult Recall(SlotPlan slot, CachedFragment cached) =>
        Present(slot, cached, SlotOutcome.Cached, null, !cached.Markup.Pieces.IsEmpty);

    private static FragmentResult Present(SlotPlan slot, CachedFragment fragment, SlotOutcome outcome, string? retryAfter, bool hasBody) => fragment.Status switch
    {
        204 => new FragmentResult { Outcome = SlotOutcome.Empty, Status = 204, Markup = Markup.Empty },
        < 300 => new FragmentResult { Outcome = outcome, Status = fragment.Status, Markup = fragment.Markup, Head = fragment.Head },

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
        UpstreamFailure.ClientGone => SlotFailure.ClientGone,
        _ => SlotFailure.Invalid,
    };
}
