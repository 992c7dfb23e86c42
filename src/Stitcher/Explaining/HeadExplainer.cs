using System.Collections.Immutable;
using System.Text;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Explaining;

/// <summary>Says in words what became of every head part.</summary>
internal sealed class HeadExplainer(PageTrial trial, string layout)
{
    public ImmutableArray<HeadExplanation> Explain(IEnumerable<HeadDecision> decisions) => [.. decisions.Select(Explain)];

    /// <summary>The conflicts among the decisions.</summary>
    public IEnumerable<Warning> Conflicts(IEnumerable<HeadDecision> decisions) => decisions
        .Where(d => d.Verdict == HeadVerdict.Conflicting)
        .Select(d => new Warning(
            $"{Kind(d.Part)}-conflict", $"{OwnerOf(d)} brings {Encoding.UTF8.GetString(d.Part.Html.Span)}, but the page has that of {Name(d.DecidedBy)}. {Rule(d)}"));

    private HeadExplanation Explain(HeadDecision decision) =>
        new(Kind(decision.Part), Encoding.UTF8.GetString(decision.Part.Html.Span), OwnerOf(decision), Verdict(decision.Verdict), Rule(decision));

    private static string Kind(HeadPart part) => part.Kind.ToString().ToLowerInvariant();

    private static string Verdict(HeadVerdict verdict) => verdict switch
    {
        HeadVerdict.Written => "written",
        HeadVerdict.Replaced => "replaced",
        HeadVerdict.Repeated => "repeated",
        HeadVerdict.LayoutFirst => "layout-first",
        HeadVerdict.Conflicting => "conflict",
        _ => "not-primary",
    };

    private string Rule(HeadDecision decision) => decision.Verdict switch
    {
        HeadVerdict.Written when decision.Slot is null => "The layout's own.",
        HeadVerdict.Written => "The first to bring it.",
        HeadVerdict.Replaced => $"The primary's beats the layout's: {Name(decision.DecidedBy)} decides.",
        HeadVerdict.Repeated when decision.DecidedBy == decision.Slot => "It brought the same already: once is enough.",
        HeadVerdict.Repeated => $"The same as that of {Name(decision.DecidedBy)}: once is enough.",
        HeadVerdict.LayoutFirst => "Left out: the layout has one of its own, and only the primary's takes its place.",
        HeadVerdict.Conflicting => "Left out: the primary decides first, then document order. Let one of them bring it, or make them agree.",
        _ => "Left out: only the primary says what the page is (title, canonical, icons).",
    };

    private string Name(SlotPlan? slot) => slot is null ? $"the layout {layout}" : $"slot {SlotExplainer.NumberOf(slot)}, {slot.Address}";

    // A slot's parts include those of the fragments nested in it, which are the very same objects there.
    private string OwnerOf(HeadDecision decision)
    {
        if (decision.Slot is not { } slot)
        {
            return Name(null);
        }

        var nested = OwnerIn(trial.Fetch.ResultOf(slot.Index)!, SlotExplainer.NumberOf(slot), decision.Part);
        return nested ?? Name(slot);
    }

    private string? OwnerIn(FragmentResult result, string number, HeadPart part)
    {
        for (var i = 0; i < result.Nested.Length; i++)
        {
            var inner = result.Nested[i].Result;
            if (inner.Head.Any(p => ReferenceEquals(p, part)))
            {
                var address = trial.Plan.Nested.For(result.Markup!)[i].Plan?.Address;
                return OwnerIn(inner, $"{number}.{i + 1}", part) ?? $"slot {number}.{i + 1}, {address}";
            }
        }

        return null;
    }
}
