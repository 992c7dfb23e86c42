using System.Collections.Immutable;
using Stitcher.Fetching;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Explaining;

/// <summary>Says of every slot of a trial what it is and what came of it.</summary>
internal sealed class SlotExplainer(PageTrial trial, TimeProvider time)
{
    public ImmutableArray<SlotExplanation> Explain() =>
    [
        .. trial.Plan.Slots.Select(slot => Explain(
            NumberOf(slot), slot, trial.Plan.Layout.Slots[slot.Index], trial.Fetch.ResultOf(slot.Index)!)),
    ];

    /// <summary>A layout's slot as people count.</summary>
    public static string NumberOf(SlotPlan slot) => Invariant(slot.Index + 1);

    private SlotExplanation Explain(string number, SlotPlan slot, SlotMarkup markup, FragmentResult result)
    {
        var request = slot.Target is null ? null : FragmentRequest.For(slot, trial.Request);
        return new SlotExplanation
        {
            Number = number,
            Address = slot.Address,
            Role = slot.Role.ToString().ToLowerInvariant(),
            File = markup.File,
            Line = markup.Line,
            Ancestors = slot.Context.Ancestors,
            Source = markup.Source,
            Target = request?.Target,
            TimeoutMs = slot.Timeout.TotalMilliseconds,
            CutFromMs = markup.Timeout > slot.Timeout ? markup.Timeout.Value.TotalMilliseconds : null,
            CacheKey = request?.Key,
            Trust = slot.Service.Trust.ToString(),
            Deferred = slot.IsDeferred,
            MayNest = slot.Service.Nested,
            HasContent = slot.HasContent,
            Fallback = slot.Fallback is { } fallback ? ExplainFallback(number, fallback, markup) : null,
            Result = Explain(result, slot.HasContent),
            Nested = ExplainNested(number, result),
        };
    }

    private SlotExplanation ExplainFallback(string number, SlotPlan fallback, SlotMarkup markup)
    {
        var request = fallback.Target is null ? null : FragmentRequest.For(fallback, trial.Request);
        return new SlotExplanation
        {
            Number = number,
            Address = fallback.Address,
            Role = "fallback",
            File = markup.File,
            Line = markup.Line,
            Ancestors = fallback.Context.Ancestors,
            Source = markup.FallbackSource ?? "",
            Target = request?.Target,
            CacheKey = request?.Key,
            Trust = fallback.Service.Trust.ToString(),
            MayNest = fallback.Service.Nested,
            HasContent = fallback.HasContent,
        };
    }

    private ImmutableArray<SlotExplanation> ExplainNested(string number, FragmentResult result)
    {
        if (result.Markup is not { } markup || result.Nested.IsEmpty)
        {
            return [];
        }

        var plans = trial.Plan.Nested.For(markup);
        return
        [
            .. result.Nested.Select((nested, i) => plans[i].Plan is { } slot
                ? Explain($"{number}.{Invariant(i + 1)}", slot, markup.Slots[i], nested.Result)
                : Unplanned($"{number}.{Invariant(i + 1)}", markup.Slots[i], nested.Result)),
        ];
    }

    private SlotExplanation Unplanned(string number, SlotMarkup markup, FragmentResult result) => new()
    {
        Number = number,
        Address = markup.Source,
        Role = markup.Role.ToString().ToLowerInvariant(),
        File = markup.File,
        Line = markup.Line,
        Ancestors = markup.Context.Ancestors,
        Source = markup.Source,
        HasContent = !markup.Content.IsEmpty,
        Result = Explain(result, !markup.Content.IsEmpty),
    };

    private ResultExplanation Explain(FragmentResult result, bool hasContent) => new(
        result.Outcome.Name(),
        result.Failure == SlotFailure.None ? null : result.Failure.Name(),
        result.Detail,
        result.Outcome switch
        {
            SlotOutcome.FallbackFragment => "fallback fragment",
            SlotOutcome.Empty => "nothing",
            _ when result.Markup is not null => "fragment",
            _ => hasContent ? "own content" : "nothing",
        },
        result.Status == 0 ? null : result.Status,
        result.Markup?.Length ?? 0,
        Math.Round(result.Took.TotalMilliseconds, 1),
        FreshFor(result),
        result.Age is { } age ? Math.Round(age.TotalMilliseconds) : null,
        result.Head.Length);

    private double? FreshFor(FragmentResult result)
    {
        var left = (result.FreshUntil - time.GetTimestamp()) * 1000d / time.TimestampFrequency;
        return result.FreshUntil == 0 ? null : Math.Max(0, Math.Round(left));
    }

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
