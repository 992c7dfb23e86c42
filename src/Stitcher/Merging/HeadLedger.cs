using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Merging;

/// <summary>What became of one head part.</summary>
internal enum HeadVerdict
{
    /// <summary>It is in the page's head.</summary>
    Written,

    /// <summary>The layout's own, where the primary's stands now.</summary>
    Replaced,

    /// <summary>The page has the very same part already.</summary>
    Repeated,

    /// <summary>The layout has the part, with another content, and only the primary replaces it.</summary>
    LayoutFirst,

    /// <summary>Another fragment has brought the part, with another content.</summary>
    Conflicting,

    /// <summary>Only the primary may bring it.</summary>
    NotPrimary,
}

/// <summary>What became of one head part, and why.</summary>
/// <param name="Part">The part.</param>
/// <param name="Slot">The slot whose fragment brought it; null for the layout.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="DecidedBy">Whose part of the same key is written; null for the layout. Only for those that are not written.</param>
internal sealed record HeadDecision(HeadPart Part, SlotPlan? Slot, HeadVerdict Verdict, SlotPlan? DecidedBy = null);

/// <summary>Writes down how a head is merged. Kept only when somebody asks: a page that is served has none.</summary>
internal sealed class HeadLedger
{
    private readonly PagePlan _plan;
    private readonly List<HeadDecision> _decisions;
    private readonly Dictionary<string, HeadDecision> _written = new(StringComparer.Ordinal);

    public HeadLedger(PagePlan plan)
    {
        _plan = plan;
        _decisions = [.. plan.Layout.Head.Select(part => new HeadDecision(part, null, HeadVerdict.Written))];
        foreach (var decision in _decisions)
        {
            _written.TryAdd(decision.Part.Key, decision);
        }
    }

    /// <summary>In the order in which they were taken, the layout's parts first.</summary>
    public IReadOnlyList<HeadDecision> Decisions => _decisions;

    public void Add(SlotPlan slot, HeadPart part) => Write(new HeadDecision(part, slot, HeadVerdict.Written));

    public void Replace(SlotPlan slot, HeadPart part)
    {
        var before = _written[part.Key];
        _decisions[_decisions.IndexOf(before)] = before with { Verdict = HeadVerdict.Replaced, DecidedBy = slot };
        Write(new HeadDecision(part, slot, HeadVerdict.Written));
    }

    public void Drop(SlotPlan slot, HeadPart part)
    {
        var written = _written.GetValueOrDefault(part.Key);
        var differs = part.Kind == HeadPartKind.Meta && written is not null && !written.Part.Html.Span.SequenceEqual(part.Html.Span);
        var verdict = HeadParts.SaysWhatThePageIs(part) && slot != _plan.Primary ? HeadVerdict.NotPrimary
            : !differs ? HeadVerdict.Repeated
            : written!.Slot is null ? HeadVerdict.LayoutFirst
            : HeadVerdict.Conflicting;
        _decisions.Add(new HeadDecision(part, slot, verdict, written?.Slot));
    }

    private void Write(HeadDecision decision)
    {
        _decisions.Add(decision);
        _written[decision.Part.Key] = decision;
    }
}
