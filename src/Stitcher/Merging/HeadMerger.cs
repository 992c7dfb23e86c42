using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Stitcher.Fetching;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Merging;

/// <summary>
/// Makes one head of many: each part once, title and metas from the primary before the layout before the others, in a fixed order.
/// The same fragments merge to the same head, so the last one is kept per page.
/// </summary>
internal sealed class HeadMerger
{
    private readonly ConditionalWeakTable<PagePlan, Memory> _last = [];

    private sealed class Memory
    {
        public volatile Merge? Last;
    }

    private sealed record Merge(ImmutableArray<HeadPart>[] Heads, MergedHead Result);

    public MergedHead For(PagePlan plan, PageFetch fetch)
    {
        var memory = _last.GetValue(plan, static _ => new Memory());
        if (memory.Last is { } last && IsSame(last.Heads, fetch))
        {
            return last.Result;
        }

        var heads = new ImmutableArray<HeadPart>[plan.Slots.Length];
        for (var i = 0; i < heads.Length; i++)
        {
            heads[i] = HeadOf(fetch, i);
        }

        var merged = Combine(plan, heads);
        memory.Last = new Merge(heads, merged);
        return merged;
    }

    private static bool IsSame(ImmutableArray<HeadPart>[] heads, PageFetch fetch)
    {
        for (var i = 0; i < heads.Length; i++)
        {
            // Two arrays are equal when they are one: cached and remembered fragments keep theirs.
            if (heads[i] != HeadOf(fetch, i))
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<HeadPart> HeadOf(PageFetch fetch, int slot) => fetch.ResultOf(slot)?.Head ?? [];

    private static MergedHead Combine(PagePlan plan, ImmutableArray<HeadPart>[] heads)
    {
        var layout = plan.Layout.Head.ToLookup(p => p.Key, StringComparer.Ordinal);
        var keys = layout.Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var added = new List<HeadPart>();
        ReadOnlyMemory<byte>[]? replaced = null;
        var order = plan.Primary is { } primary ? plan.Slots.OrderBy(s => s.Index == primary.Index ? -1 : s.Index) : plan.Slots.AsEnumerable();
        foreach (var slot in order)
        {
            foreach (var part in heads[slot.Index])
            {
                if (slot == plan.Primary && part.IsExclusive && layout[part.Key].FirstOrDefault() is { } own)
                {
                    replaced ??= new ReadOnlyMemory<byte>[plan.Layout.Head.Length];
                    replaced[plan.Layout.Head.IndexOf(own)] = part.Html;
                }
                else if (MayBring(slot, part, plan) && keys.Add(part.Key))
                {
                    added.Add(part);
                }
            }
        }

        var html = added.OrderBy(p => p.Kind).SelectMany(p => p.Html.ToArray().Append((byte)'\n')).ToArray();
        return new MergedHead(replaced, html, keys.ToFrozenSet(StringComparer.Ordinal));
    }

    // Title, canonical and icons say what the page is, which only its primary can know.
    private static bool MayBring(SlotPlan slot, HeadPart part, PagePlan plan) =>
        slot == plan.Primary || part.Kind is not (HeadPartKind.Title or HeadPartKind.Canonical or HeadPartKind.Link);
}
