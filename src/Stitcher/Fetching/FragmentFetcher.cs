using System.Collections.Immutable;
using System.Diagnostics;
using Stitcher.Diagnostics;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Fetching;

/// <summary>Gets the fragments of one request: all slots at once, each with its fallback and with what is nested in it.</summary>
internal sealed class FragmentFetcher(FragmentLoader loader, TimeProvider time)
{
    // A fallback fragment gets this much of its slot's time; nothing is worth asking for with less than the second.
    private static readonly TimeSpan FallbackReserve = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WorthAsking = TimeSpan.FromMilliseconds(150);

    /// <summary>Starts every slot before it waits for any.</summary>
    /// <param name="plan">The page.</param>
    /// <param name="request">What its fragments may know.</param>
    /// <param name="primary">What the primary slot shows, when that is known already.</param>
    public PageFetch Start(PagePlan plan, PageRequest request, FragmentResult? primary = null)
    {
        var fetch = new PageFetch(plan, request.ClientGone) { Topics = request.Topics };
        if (primary is { Failed: true, Failure: not SlotFailure.Answered } && plan.Primary is { HasContent: false } empty)
        {
            // There will be no page to show the others in.
            fetch.Add(empty.Index, new(primary));
            return fetch;
        }

        foreach (var slot in plan.Slots)
        {
            fetch.Add(slot.Index, primary is not null && slot == plan.Primary ? CompleteAsync(fetch, slot, primary, request) : Fetch(fetch, slot, request));
        }

        return fetch;
    }

    /// <summary>Starts the slots that decide the status, for a request that wants no body; of the others it takes what is remembered.</summary>
    public PageFetch StartDeciding(PagePlan plan, PageRequest request)
    {
        var fetch = new PageFetch(plan, request.ClientGone) { Topics = request.Topics };
        foreach (var slot in plan.Slots)
        {
            if (slot.Role != SlotRole.Optional)
            {
                fetch.Add(slot.Index, Fetch(fetch, slot, request));
            }
            else if (slot.Target is not null && FragmentRequest.For(slot, request) is { } question
                && loader.Recall(slot, plan, question) is { Failed: false } recalled && recalled.Markup is { Slots.IsEmpty: true })
            {
                fetch.Add(slot.Index, new(recalled));
            }
        }

        return fetch;
    }

    private ValueTask<FragmentResult> Fetch(PageFetch page, SlotPlan slot, PageRequest request) =>
        slot.Fallback is null ? Fetch(page, slot, request, slot.Timeout, null) : FetchOrFallBackAsync(page, slot, request);

    private async ValueTask<FragmentResult> CompleteAsync(PageFetch page, SlotPlan slot, FragmentResult known, PageRequest request) =>
        known.Markup is { Slots.IsEmpty: false } markup
            ? await WithNestedAsync(page, known, markup, request, slot.Timeout, new FragmentChain(slot.Service.Name, slot.Fragment, null))
            : known;

    private async ValueTask<FragmentResult> FetchOrFallBackAsync(PageFetch page, SlotPlan slot, PageRequest request)
    {
        var start = time.GetTimestamp();
        var own = slot.Timeout > FallbackReserve * 2 ? slot.Timeout - FallbackReserve : slot.Timeout / 2;
        var result = await Fetch(page, slot, request, own, null);

        // What the primary answered is the page's answer; nothing else may take its place.
        if (!result.Failed || result.Failure == SlotFailure.ClientGone || (result.Failure == SlotFailure.Answered && slot.Role == SlotRole.Primary))
        {
            return result;
        }

        var left = slot.Timeout - time.GetElapsedTime(start);
        if (left < WorthAsking)
        {
            return result;
        }

        var fallback = await Fetch(page, slot.Fallback!, request, left, null);
        var took = time.GetElapsedTime(start);
        return fallback.Failed
            ? result with { Took = took }
            : fallback with { Outcome = SlotOutcome.FallbackFragment, Failure = result.Failure, Detail = result.Detail, Took = took };
    }

    private ValueTask<FragmentResult> Fetch(PageFetch page, SlotPlan slot, PageRequest request, TimeSpan total, FragmentChain? around)
    {
        if (slot.Target is null)
        {
            return new(FragmentResult.Failing(SlotFailure.UnknownFragment, "no manifest has named the fragment yet"));
        }

        if (FragmentRequest.For(slot, request) is not { } question)
        {
            return new(FragmentResult.Failing(SlotFailure.BadParameter, "a place of its path has no value that can stand in a path"));
        }

        if (around?.Contains(slot.Service.Name, question.Target) == true)
        {
            return new(FragmentResult.Failing(SlotFailure.Cycle, "the fragment is nested in itself"));
        }

        return loader.Recall(slot, page.Plan, question) is { } recalled && (recalled.Markup is null || recalled.Markup.Slots.IsEmpty)
            ? new(recalled)
            : FetchAsync(page, slot, question, request, total, around);
    }

    private async ValueTask<FragmentResult> FetchAsync(
        PageFetch page, SlotPlan slot, FragmentRequest question, PageRequest request, TimeSpan total, FragmentChain? around)
    {
        var start = time.GetTimestamp();
        var result = loader.Recall(slot, page.Plan, question) ?? await LoadAsync(page, slot, question, total);
        if (!page.Plan.IsLone && RefusedAddress.Corrected(slot, request, result) is { } corrected && total - time.GetElapsedTime(start) is var left && left > WorthAsking)
        {
            result = await Fetch(page, slot, corrected, left, around);
            return result with { Took = time.GetElapsedTime(start) };
        }

        if (result.Markup is not { Slots.IsEmpty: false } markup)
        {
            return result;
        }

        return await WithNestedAsync(page, result, markup, request, total - time.GetElapsedTime(start), new FragmentChain(slot.Service.Name, question.Target, around));
    }

    private async ValueTask<FragmentResult> LoadAsync(PageFetch page, SlotPlan slot, FragmentRequest question, TimeSpan total)
    {
        var start = time.GetTimestamp();
        using var activity = StitcherTracing.StartFragment(slot.Service.Name, slot.Fragment);
        var result = await loader.LoadAsync(slot, page.Plan, question, total, page.Over);
        if (activity is not null)
        {
            activity.SetTag("stitcher.outcome", result.Outcome.Name()).SetTag("stitcher.failure", result.Failure.Name());
            activity.SetTag("stitcher.age_seconds", result.Age?.TotalSeconds);
            activity.SetStatus(result.Failed && result.Failure != SlotFailure.Answered ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }

        return result with { Took = time.GetElapsedTime(start) };
    }

    private async ValueTask<FragmentResult> WithNestedAsync(
        PageFetch page, FragmentResult result, Markup markup, PageRequest request, TimeSpan left, FragmentChain chain)
    {
        var nested = await FetchNestedAsync(page, markup, request, left, chain);
        return result with { Nested = nested, Head = [.. result.Head, .. nested.SelectMany(n => n.Head)] };
    }

    // A fragment is ready when all in it is: its own time is theirs, too.
    private async ValueTask<ImmutableArray<NestedResult>> FetchNestedAsync(
        PageFetch page, Markup markup, PageRequest request, TimeSpan left, FragmentChain chain)
    {
        var plans = page.Plan.Nested.For(markup);
        var fetches = plans.Select(nested => FetchNested(page, nested, request, left, chain).AsTask()).ToList();
        var results = await Task.WhenAll(fetches);
        return [.. results.Zip(plans, (result, nested) => new NestedResult(result, nested.Content) { IsPersonal = nested.Plan?.Service.IsPersonal ?? false, Preloads = nested.Preloads })];
    }

    private ValueTask<FragmentResult> FetchNested(PageFetch page, NestedPlans.NestedPlan nested, PageRequest request, TimeSpan left, FragmentChain chain)
    {
        if (nested.Plan is not { } slot)
        {
            return new(FragmentResult.Failing(SlotFailure.BadParameter, nested.Problem));
        }

        if (chain.Depth >= page.Plan.Nested.Depth)
        {
            return new(FragmentResult.Failing(
                SlotFailure.TooDeep, $"fragments stand deeper than {page.Plan.Nested.Depth} in each other (Stitcher:Limits:NestedDepth)"));
        }

        return page.TryCountSlot()
            ? Fetch(page, slot, request, slot.Timeout < left ? slot.Timeout : left, chain)
            : new(FragmentResult.Failing(
                SlotFailure.TooDeep, $"the page has more than {page.Plan.Nested.SlotsPerPage} slots (Stitcher:Limits:SlotsPerPage)"));
    }
}
