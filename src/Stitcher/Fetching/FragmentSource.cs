using Microsoft.Extensions.Logging;
using Stitcher.Caching;
using Stitcher.Diagnostics;
using Stitcher.Planning;
using Stitcher.Upstream;

namespace Stitcher.Fetching;

/// <summary>Gets one answer from where it is: the second level, or its service. Never throws for a service's sake.</summary>
internal sealed class FragmentSource(FragmentStore store, ISecondLevel second, FragmentIntake intake, FragmentMarks marks, TimeProvider time, ILogger<FragmentSource> logger)
{
    /// <param name="slot">A slot that shows it.</param>
    /// <param name="plan">Its page.</param>
    /// <param name="question">What to ask for.</param>
    /// <param name="total">The time until its last byte.</param>
    /// <param name="over">Fires when nobody waits any more.</param>
    public async Task<Fetched> FetchAsync(SlotPlan slot, PagePlan plan, FragmentRequest question, TimeSpan total, CancellationToken over)
    {
        try
        {
            return await FetchAsync(new Errand(slot, plan, question, time.GetTimestamp(), total, store.Generation), over) with { Given = total };
        }
        catch (Exception exception)
        {
            logger.FetchCrashed(exception, slot.Service.Name, slot.Fragment);
            return Fetched.Failed(SlotFailure.Defect, "a defect of the gateway");
        }
    }

    private async Task<Fetched> FetchAsync(Errand errand, CancellationToken over)
    {
        // A question that ended after its asker looked and before this one began has left its answer here.
        if (store.TryGetFresh(errand.Key, out var known))
        {
            return new Fetched { Fragment = known, HasBody = !known.Markup.Pieces.IsEmpty, WasKept = true, IsForAll = true };
        }

        var shared = second.IsPresent && errand.Question.Audience is not (AnswerAudience.OneUser or AnswerAudience.Nobody) ? await second.FindAsync(errand.Key, errand.Labels, over) : default;

        // What the service has taken back a moment ago must not come back from where it was not taken out.
        if (shared.Answer is { } kept && !marks.IsUnstorable(errand.Key) && await intake.TakeKeptAsync(errand, kept) is { } fragment)
        {
            if (store.Now < fragment.FreshUntil)
            {
                return new Fetched { Fragment = fragment, HasBody = kept.IsHtml, WasKept = true, IsForAll = true };
            }

            known = fragment;
        }

        using var response = await AskAsync(errand, known?.Headers.Validators ?? default, over);
        if (response is not { Succeeded: true, Status: 304 })
        {
            return await intake.TakeAsync(errand, response, shared.Generation);
        }

        if (intake.Revive(errand, known!, response) is { } revived)
        {
            return revived;
        }

        // What it would be the same as has been purged meanwhile: only a whole answer counts now.
        using var whole = await AskAsync(errand, default, over);
        return await intake.TakeAsync(errand, whole, shared.Generation);
    }

    private ValueTask<UpstreamResponse> AskAsync(Errand errand, Validators known, CancellationToken over)
    {
        var left = errand.Total - time.GetElapsedTime(errand.Start);
        return left > TimeSpan.Zero
            ? errand.Slot.Service.Client.SendAsync(errand.Question.Upstream, left, errand.Slot.Service.Terms, over, errand.Slot.Timeout, known)
            : new(UpstreamResponse.Failed(UpstreamFailure.Timeout, "no time was left to ask in"));
    }
}
