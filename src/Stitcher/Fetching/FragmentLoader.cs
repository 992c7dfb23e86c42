using Stitcher.Caching;
using Stitcher.Planning;
using Stitcher.Upstream;

namespace Stitcher.Fetching;

/// <summary>
/// Gets one fragment for one slot, without what is nested in it: what is remembered and fresh; else what its service says, asked once for
/// all who want it at that time; else what is remembered and old, where that may stand in.
/// </summary>
internal sealed class FragmentLoader(
    FragmentStore store, FragmentPurge purge, FragmentSource source, FragmentIntake intake, FragmentPresenter presenter, FragmentMarks marks, Coalescer<Fetched> coalescer, TimeProvider time)
{
    // With something to show at hand nobody waits longer for something newer.
    private static readonly TimeSpan PatienceWithStale = TimeSpan.FromMilliseconds(300);

    // Another's shorter time was over: asking again with less than this would most likely end in the same way.
    private static readonly TimeSpan WorthJoiningAgain = TimeSpan.FromMilliseconds(150);

    /// <summary>What is remembered and may be shown at once: fresh, or a little old, with a newer one fetched in the background.</summary>
    public FragmentResult? Recall(SlotPlan slot, PagePlan plan, FragmentRequest question)
    {
        if (store.TryGetFresh(question.Key, out var remembered))
        {
            return FragmentPresenter.ShowCached(slot, remembered);
        }

        return remembered is not null && store.Now < remembered.FreshUntil + remembered.StaleWhileRevalidate
            ? RecallStale(slot, plan, question, remembered)
            : null;
    }

    // By itself, so that recalling what is fresh makes no closure.
    private FragmentResult RecallStale(SlotPlan slot, PagePlan plan, FragmentRequest question, CachedFragment remembered)
    {
        if (marks.FailureOf(question.Key) is null)
        {
            coalescer.Start(question.Key, store.Generation, MayJoin(slot, question), token => source.FetchAsync(slot, plan, question, slot.Timeout, token));
        }

        return ShowStale(slot, remembered, null);
    }

    /// <summary>Forgets, here and in every gateway, what is remembered for a page as this request would see it, and does not remember what is under way.</summary>
    public async ValueTask ForgetAsync(PagePlan plan, PageRequest request)
    {
        foreach (var slot in plan.Slots)
        {
            if (slot.Target is not null && FragmentRequest.For(slot, request) is { } question)
            {
                await purge.PurgeAsync(PurgeScope.OfKey(question.Key), question.ToldScope, soft: false, CancellationToken.None);
            }
        }
    }

    /// <param name="slot">The slot that shows it.</param>
    /// <param name="plan">Its page.</param>
    /// <param name="question">What to ask for.</param>
    /// <param name="total">The time until its last byte.</param>
    /// <param name="clientGone">Fires when nobody waits any more.</param>
    public async ValueTask<FragmentResult> LoadAsync(SlotPlan slot, PagePlan plan, FragmentRequest question, TimeSpan total, CancellationToken clientGone)
    {
        var fetched = marks.FailureOf(question.Key) ?? await GetAsync(slot, plan, question, total, clientGone);
        return MayStandIn(fetched.Failure) && StandInFor(question.Key) is { } stale ? ShowStale(slot, stale, fetched) : presenter.Show(slot, fetched);
    }

    /// <summary>Makes a result of a complete answer that must not be remembered.</summary>
    /// <param name="slot">The slot that shows it.</param>
    /// <param name="plan">Its page.</param>
    /// <param name="response">The answer.</param>
    public async ValueTask<FragmentResult> TakeAsync(SlotPlan slot, PagePlan plan, UpstreamResponse response) =>
        presenter.Show(slot, await intake.TakeOnceAsync(slot, plan, response));

    private async ValueTask<Fetched> GetAsync(SlotPlan slot, PagePlan plan, FragmentRequest question, TimeSpan total, CancellationToken clientGone)
    {
        var start = time.GetTimestamp();

        // Whether an answer to somebody is everybody's only its headers say: until they are here, nobody else may wait for it.
        while (question.Audience != AnswerAudience.EveryoneIfPublic && !marks.IsUnstorable(question.Key))
        {
            var hasStale = StandInFor(question.Key) is not null;
            var left = total - time.GetElapsedTime(start);
            var patience = hasStale && PatienceWithStale < left ? PatienceWithStale : left;
            using var share = coalescer.Join(
                question.Key, store.Generation, MayJoin(slot, question), lasts: hasStale, token => source.FetchAsync(slot, plan, question, left, token));

            // Who asked has the answer when the question's time is over, and not a moment before: it knows what went wrong.
            var (isHere, fetched) = await share.WaitAsync(share.IsFirst && !hasStale ? Timeout.InfiniteTimeSpan : patience, clientGone);
            if (!isHere)
            {
                return NotHere(patience, clientGone);
            }

            if (share.IsFirst || (fetched!.IsForAll && !EndedForAnother(fetched, total - time.GetElapsedTime(start))))
            {
                return fetched!;
            }

            if (!fetched.IsForAll)
            {
                break;
            }
        }

        return await AskAloneAsync(slot, plan, question, total - time.GetElapsedTime(start), clientGone);
    }

    private async ValueTask<Fetched> AskAloneAsync(SlotPlan slot, PagePlan plan, FragmentRequest question, TimeSpan left, CancellationToken clientGone)
    {
        if (left <= PatienceWithStale || StandInFor(question.Key) is null)
        {
            return await source.FetchAsync(slot, plan, question, left, clientGone);
        }

        using var share = coalescer.Alone(token => source.FetchAsync(slot, plan, question, left, token));
        var (isHere, fetched) = await share.WaitAsync(PatienceWithStale, clientGone);
        return isHere ? fetched! : NotHere(PatienceWithStale, clientGone);
    }

    private static Fetched NotHere(TimeSpan patience, CancellationToken clientGone) => clientGone.IsCancellationRequested
        ? Fetched.Failed(SlotFailure.ClientGone, null)
        : Fetched.Failed(SlotFailure.Timeout, $"no complete answer within {patience.TotalMilliseconds:0} ms");

    private static bool EndedForAnother(Fetched fetched, TimeSpan left) =>
        fetched.Failure == SlotFailure.ClientGone || (fetched.Failure == SlotFailure.Timeout && left > WorthJoiningAgain);

    // A question from before a purge may bring what was purged; its tags are not known before it is answered.
    private Func<long, bool> MayJoin(SlotPlan slot, FragmentRequest question) =>
        generation => !store.MayBePurged(generation, question.Key, Errand.LabelsOf(slot, question));

    // What its service says of the thing itself is an answer, however it is liked; a defect may be of what was asked just now.
    private static bool MayStandIn(SlotFailure failure) =>
        failure is SlotFailure.Connect or SlotFailure.Timeout or SlotFailure.Invalid or SlotFailure.CircuitOpen or SlotFailure.Overloaded
            or SlotFailure.Refused or SlotFailure.Defect;

    // Looked up when it is needed, not before: a purge may have been in between.
    private CachedFragment? StandInFor(string key) =>
        store.Find(key) is { } remembered && store.Now < remembered.FreshUntil + remembered.StaleIfError ? remembered : null;

    private FragmentResult ShowStale(SlotPlan slot, CachedFragment stale, Fetched? instead) =>
        FragmentPresenter.ShowStale(slot, stale, time.GetElapsedTime(stale.MadeAt), instead);
}
