using System.Collections.Frozen;
using System.Collections.Immutable;
using System.IO.Hashing;
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

    private sealed record Merge(Contribution[] Contributions, MergedHead Result);

    // Two arrays are equal when they are one: cached and remembered fragments keep theirs.
    private readonly record struct Contribution(ImmutableArray<HeadPart> Head, ImmutableArray<InlineCode> Inline);

    public MergedHead For(PagePlan plan, PageFetch fetch)
    {
        var memory = _last.GetValue(plan, static _ => new Memory());
        if (memory.Last is { } last && IsSame(last.Contributions, fetch))
        {
            return last.Result;
        }

        var contributions = new Contribution[plan.Slots.Length];
        for (var i = 0; i < contributions.Length; i++)
        {
            contributions[i] = ContributionOf(fetch, i);
        }

        var merged = Combine(plan, contributions);
        memory.Last = new Merge(contributions, merged);
        return merged;
    }

    private static bool IsSame(Contribution[] contributions, PageFetch fetch)
    {
        for (var i = 0; i < contributions.Length; i++)
        {
            if (contributions[i] != ContributionOf(fetch, i))
            {
                return false;
            }
        }

        return true;
    }

    private static Contribution ContributionOf(PageFetch fetch, int slot) =>
        fetch.ResultOf(slot) is { } result ? new(result.Head, result.Markup?.Inline ?? []) : new(ToldAhead(fetch.Plan.Slots[slot]), []);

    // A service that is down does not hand out its style sheets either.
    private static ImmutableArray<HeadPart> ToldAhead(SlotPlan slot) => slot.Service.Client.IsAnswering ? slot.StylePreloads : [];

    private static MergedHead Combine(PagePlan plan, Contribution[] contributions)
    {
        var layout = plan.Layout.Head.ToLookup(p => p.Key, StringComparer.Ordinal);
        var keys = layout.Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var added = new List<HeadPart>();
        ReadOnlyMemory<byte>[]? replaced = null;
        var order = plan.Primary is { } primary ? plan.Slots.OrderBy(s => s.Index == primary.Index ? -1 : s.Index) : plan.Slots.AsEnumerable();
        foreach (var slot in order)
        {
            foreach (var part in contributions[slot.Index].Head)
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
        var policy = ContentPolicy.For(plan, InlineOf(plan, contributions, added));
        return new MergedHead(replaced, html, policy, HashOf(plan, replaced, html), keys.ToFrozenSet(StringComparer.Ordinal));
    }

    private static IEnumerable<InlineCode> InlineOf(PagePlan plan, Contribution[] contributions, List<HeadPart> added) =>
        [
            .. plan.Layout.Inline,
            .. contributions.SelectMany(c => c.Inline),
            .. added.Where(p => p.Kind == HeadPartKind.Style).Select(p => InlineCode.Of(isScript: false, p.Key[HeadReader.StyleKey.Length..])),
        ];

    private static ulong HashOf(PagePlan plan, ReadOnlyMemory<byte>[]? replaced, byte[] added)
    {
        var hash = new XxHash3();
        hash.Append(plan.ImportMap.Span);
        hash.Append(added);
        foreach (var part in replaced ?? [])
        {
            hash.Append(part.Span);
            hash.Append("|"u8);
        }

        return hash.GetCurrentHashAsUInt64();
    }

    // Title, canonical and icons say what the page is, which only its primary can know.
    private static bool MayBring(SlotPlan slot, HeadPart part, PagePlan plan) =>
        slot == plan.Primary || part.Kind is not (HeadPartKind.Title or HeadPartKind.Canonical or HeadPartKind.Link);
}
