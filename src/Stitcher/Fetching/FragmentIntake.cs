using Stitcher.Caching;
using Stitcher.Diagnostics;
using Stitcher.Parsing;
using Stitcher.Planning;
using Stitcher.Upstream;

namespace Stitcher.Fetching;

/// <summary>Takes an answer in: compiles it, judges whether it may be kept, and puts it where it will be looked for next.</summary>
internal sealed class FragmentIntake(FragmentStore store, ISecondLevel second, FragmentMarks marks, FragmentCompiler compiler, StitcherMetrics metrics, TimeProvider time)
{
    // Asking "is it still the same?" is of use for this long after the freshness is over.
    private static readonly TimeSpan WorthRevalidating = TimeSpan.FromMinutes(10);

    private const string Doubtful = "doubtful";

    private readonly FragmentHeads _heads = new();

    /// <summary>Takes what a service answered.</summary>
    /// <param name="errand">The question.</param>
    /// <param name="response">The answer.</param>
    /// <param name="shared">The number of the last purge that all gateways share, from before the question.</param>
    public async ValueTask<Fetched> TakeAsync(Errand errand, UpstreamResponse response, long shared)
    {
        if (!response.Succeeded)
        {
            return TakeFailure(errand, response);
        }

        if (response.Status is >= 300 and < 400)
        {
            return TakeRedirect(errand, response);
        }

        var (markup, failed) = await CompileAsync(errand, response);
        if (markup is null)
        {
            return Remembered(errand, failed!, isUnshowable: failed!.Failure == SlotFailure.Refused);
        }

        var verdict = response.IsDoubtful
            ? CacheVerdict.Refused(Doubtful)
            : Judge(errand, response.Status, response.SetsCookie, response.Headers);
        var fragment = Timed(Make(errand.Slot, markup, response) with { Labels = errand.Labels, AskedAt = errand.Start }, verdict);
        if (!verdict.IsStorable)
        {
            return TakeUnstorable(errand, fragment, response, verdict.Refusal!);
        }

        marks.MarkStorable(errand.Key);
        var complaint = Store(errand, fragment);
        if (second.IsPresent && complaint != "purged" && errand.Labels.Partition is null)
        {
            second.Keep(errand.Key, KeptAnswerOf(fragment, response), shared);
        }

        return Answered(fragment, response) with { IsForAll = true };
    }

    /// <summary>Takes the answer to something else than a fragment's own question: it is shown once and not remembered.</summary>
    public async ValueTask<Fetched> TakeOnceAsync(SlotPlan slot, PagePlan plan, UpstreamResponse response)
    {
        var (markup, failed) = await CompileAsync(slot, plan, response, slot.Timeout, slot.Timeout);
        return markup is null ? failed! : Answered(Make(slot, markup, response), response);
    }

    /// <summary>Takes what the second level knew.</summary>
    /// <returns>The fragment, perhaps stale; null when it must not be kept, or cannot be shown.</returns>
    public async ValueTask<CachedFragment?> TakeKeptAsync(Errand errand, KeptAnswer kept)
    {
        var age = ((long)Math.Ceiling(kept.Age.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var response = UpstreamResponse.Kept(kept.Status, kept.IsHtml, kept.Body, kept.Headers with { Age = age });
        var verdict = Judge(errand, kept.Status, setsCookie: false, response.Headers);
        if (!verdict.IsStorable)
        {
            return null;
        }

        var (markup, _) = await CompileAsync(errand, response);
        if (markup is null)
        {
            return null;
        }

        var fragment = Timed(Make(errand.Slot, markup, response) with { Labels = errand.Labels, AskedAt = errand.Start }, verdict);
        return Store(errand, fragment) == "purged" ? null : fragment;
    }

    /// <summary>Takes a "still the same": what is remembered is as good as new, under the headers that came with it.</summary>
    /// <returns>Null when what is remembered was purged while the service was asked.</returns>
    public Fetched? Revive(Errand errand, CachedFragment known, UpstreamResponse response)
    {
        if (store.IsPurged(errand.Generation, errand.Key, known))
        {
            return null;
        }

        var headers = response.IsDoubtful ? known.Headers : known.Headers.UpdatedBy(response.Headers);
        var verdict = Judge(errand, known.Status, response.SetsCookie, headers);
        var head = headers.Link == known.Headers.Link ? known.Head : _heads.Combine(errand.Slot, known.Markup, headers.Link);
        var revived = Timed(known with { Headers = headers, Head = head, Tags = headers.SurrogateKey, AskedAt = errand.Start, FreshUntil = 0 }, verdict);
        var fetched = new Fetched { Fragment = revived, HasBody = !known.Markup.Pieces.IsEmpty, SetCookies = response.SetCookies, IsForAll = verdict.IsStorable };
        if (verdict.IsStorable)
        {
            marks.MarkStorable(errand.Key);
            Store(errand, revived);
        }
        else
        {
            Unstored(errand, verdict.Refusal!);
            marks.MarkUnstorable(errand.Key);
            if (!LeavesEarlier(errand, known.Status, headers, verdict.Refusal!))
            {
                store.Remove(errand.Key);
            }
        }

        return fetched;
    }

    private Fetched TakeRedirect(Errand errand, UpstreamResponse response)
    {
        Unstored(errand, "status");
        marks.MarkUnstorable(errand.Key);
        store.Remove(errand.Key);
        return new Fetched
        {
            Failure = SlotFailure.Answered,
            Detail = $"status {response.Status}",
            Status = response.Status,
            Location = response.Location,
            SetCookies = response.SetCookies,
        };
    }

    private Fetched TakeUnstorable(Errand errand, CachedFragment fragment, UpstreamResponse response, string reason)
    {
        // "Not now" and "not you" come without a word on caching as a rule, and are the same for all who asked the same; what may not be kept is for one alone.
        var isForAll = reason == "status" && !response.SetsCookie && response.Headers is { CacheControl: null, StitcherCacheControl: null }
            && errand.Question.Audience != AnswerAudience.EveryoneIfPublic;
        Unstored(errand, reason);
        if (!isForAll)
        {
            marks.MarkUnstorable(errand.Key);
        }

        // What the service said before does not count any more, not even while it fails. Except when it only asked for patience.
        if ((response.Status is < 300 or 401 or 403 or 404 or 410 or 451) && !LeavesEarlier(errand, response.Status, response.Headers, reason))
        {
            store.Remove(errand.Key);
        }

        return Answered(fragment, response) with { IsForAll = isForAll };
    }

    // A cookie, or a doubt whether all of it came, says nothing of what was said before: that was for everybody, and may still stand in for a failure.
    // What the answer itself does not want to be kept takes it back, with a cookie or without.
    private bool LeavesEarlier(Errand errand, int status, AnswerHeaders headers, string refusal) =>
        (refusal is "set-cookie" or Doubtful) && status < 300 && Judge(errand, status, setsCookie: false, headers).IsStorable;

    // While another destination works, everybody who is told of a failure in its place is told so for nothing.
    private Fetched TakeFailure(Errand errand, UpstreamResponse response)
    {
        var failed = Fetched.Failed(FailureOf(response.Failure), response.Detail, response.Status, response.RetryAfter);
        var isUnshowable = response.Failure is UpstreamFailure.Invalid or UpstreamFailure.TooLarge;
        return response.MayPass ? failed : Remembered(errand, failed, isUnshowable);
    }

    private Fetched Remembered(Errand errand, Fetched failed, bool isUnshowable)
    {
        marks.MarkFailed(errand.Key, failed, isUnshowable);
        return failed;
    }

    private string? Store(Errand errand, CachedFragment fragment)
    {
        var complaint = store.Store(errand.Key, fragment, errand.Generation);
        if (complaint is not null)
        {
            Unstored(errand, complaint);
        }

        return complaint;
    }

    private void Unstored(Errand errand, string reason) => metrics.AnswerNotStored(errand.Slot.Service.Name, reason);

    private ValueTask<(Markup? Markup, Fetched? Failed)> CompileAsync(Errand errand, UpstreamResponse response) =>
        CompileAsync(errand.Slot, errand.Plan, response, errand.Total, errand.Total - time.GetElapsedTime(errand.Start));

    private async ValueTask<(Markup? Markup, Fetched? Failed)> CompileAsync(SlotPlan slot, PagePlan plan, UpstreamResponse response, TimeSpan total, TimeSpan left)
    {
        if (!response.IsHtml)
        {
            return (Markup.Empty, null);
        }

        return await compiler.CompileAsync(slot, plan.ParseLimits, response.Body, left) is not { } compiled
            ? (null, Fetched.Failed(SlotFailure.Timeout, $"the answer was here, but the gateway had not parsed it within {total.TotalMilliseconds:0} ms", response.Status))
            : (compiled.Markup, compiled.Markup is null ? Fetched.Failed(SlotFailure.Refused, compiled.Refusal, response.Status) : null);
    }

    // Not to be shown a second time, until it is told how long.
    private CachedFragment Make(SlotPlan slot, Markup markup, UpstreamResponse response) =>
        new(response.Status, markup, _heads.Combine(slot, markup, response.Headers.Link), response.Headers.SurrogateKey, FreshUntil: 0)
        {
            Headers = response.Headers,
            IsVital = slot.Role != SlotRole.Optional,
        };

    private CachedFragment Timed(CachedFragment fragment, CacheVerdict verdict)
    {
        if (!verdict.IsStorable)
        {
            return fragment;
        }

        // What was remembered in one moment must not grow old in one moment: up to a tenth less for each.
        var lifetime = verdict.Lifetime * (1 - (0.1 * Random.Shared.NextDouble()));
        return fragment with
        {
            MadeAt = store.Now - store.Ticks(CachePolicy.AgeOf(fragment.Headers)),
            FreshUntil = store.FreshUntil(lifetime),
            StaleWhileRevalidate = store.Ticks(verdict.StaleWhileRevalidate),
            StaleIfError = store.Ticks(verdict.StaleIfError),
            WorthRevalidating = fragment.Headers.Validators.IsEmpty ? 0 : store.Ticks(WorthRevalidating),
        };
    }

    private KeptAnswer KeptAnswerOf(CachedFragment fragment, UpstreamResponse response)
    {
        var perSecond = (double)store.Ticks(TimeSpan.FromSeconds(1));
        return new KeptAnswer
        {
            Status = response.Status,
            IsHtml = response.IsHtml,
            Body = response.Body.ToArray(),
            Headers = response.Headers,
            Labels = fragment.Labels,
            Age = TimeSpan.FromSeconds((store.Now - fragment.MadeAt) / perSecond),
            KeepFor = TimeSpan.FromSeconds((fragment.UsefulUntil - store.Now) / perSecond),
        };
    }

    private static Fetched Answered(CachedFragment fragment, UpstreamResponse response) =>
        new() { Fragment = fragment, HasBody = response.IsHtml, RetryAfter = response.RetryAfter, Refused = response.Refused, SetCookies = response.SetCookies };

    private CacheVerdict Judge(Errand errand, int status, bool setsCookie, AnswerHeaders headers) => errand.Question.Audience switch
    {
        AnswerAudience.Nobody => CacheVerdict.Refused("credential"),
        AnswerAudience.EveryoneIfPublic when !CachePolicy.IsForEverybody(headers) => CacheVerdict.Refused("not-public"),
        var audience => CachePolicy.Judge(status, setsCookie, headers, store.Options, errand.Slot.Service.KeyedHeaders, isPartitioned: audience == AnswerAudience.OneUser),
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
