using System.Collections.Frozen;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Merging;

/// <summary>
/// Decides for one part after another, the primary's first and then in document order, whether the page takes it: what the layout has
/// only the primary replaces; of two that are the same part the first is taken.
/// </summary>
/// <param name="plan">The page.</param>
/// <param name="ledger">Takes every decision, when somebody asks.</param>
internal sealed class HeadParts(PagePlan plan, HeadLedger? ledger = null)
{
    private readonly ILookup<string, HeadPart> _layout = plan.Layout.Head.ToLookup(p => p.Key, StringComparer.Ordinal);
    private readonly Dictionary<string, (int Slot, HeadPart Part)> _taken = new(StringComparer.Ordinal);
    private readonly List<HeadPart> _added = [];
    private readonly List<HeadConflict> _conflicts = [];

    /// <summary>What stands in place of the layout's own parts, by their index; null leaves them.</summary>
    public ReadOnlyMemory<byte>[]? Replaced { get; private set; }

    /// <summary>What the fragments bring, in the order of their saying.</summary>
    public IReadOnlyList<HeadPart> Added => _added;

    public IReadOnlyList<HeadConflict> Conflicts => _conflicts;

    /// <summary>All that the page has.</summary>
    public FrozenSet<string> Keys => _layout.Select(g => g.Key).Concat(_taken.Keys).Concat(plan.PreloadKeys).ToFrozenSet(StringComparer.Ordinal);

    public void Add(HeadPart part, SlotPlan slot)
    {
        if (_taken.TryGetValue(part.Key, out var taken))
        {
            AddAgain(part, slot, taken.Slot, taken.Part);
        }
        else if (plan.PreloadKeys.Contains(part.Key))
        {
            ledger?.Drop(slot, part);
        }
        else if (_layout[part.Key].FirstOrDefault() is { } own)
        {
            if (slot == plan.Primary && part.IsExclusive)
            {
                Replaced ??= new ReadOnlyMemory<byte>[plan.Layout.Head.Length];
                Replaced[plan.Layout.Head.IndexOf(own)] = part.Html;
                _taken.Add(part.Key, (slot.Index, part));
                ledger?.Replace(slot, part);
            }
            else
            {
                ledger?.Drop(slot, part);
            }
        }
        else if (slot == plan.Primary || !SaysWhatThePageIs(part))
        {
            _added.Add(part);
            _taken.Add(part.Key, (slot.Index, part));
            ledger?.Add(slot, part);
        }
        else
        {
            ledger?.Drop(slot, part);
        }
    }

    private void AddAgain(HeadPart part, SlotPlan slot, int takenFrom, HeadPart taken)
    {
        var differs = part.Kind == HeadPartKind.Meta && !part.Html.Span.SequenceEqual(taken.Html.Span);
        if (differs && slot.Index == takenFrom && part.MayRepeat)
        {
            _added.Add(part);
            ledger?.Add(slot, part);
            return;
        }

        if (differs && slot.Index != takenFrom)
        {
            _conflicts.Add(new HeadConflict(part.Key, takenFrom, slot.Index));
        }

        ledger?.Drop(slot, part);
    }

    // Only its primary can know.
    public static bool SaysWhatThePageIs(HeadPart part) => part.Kind is HeadPartKind.Title or HeadPartKind.Canonical or HeadPartKind.Link;
}
