using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Fetching;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Merging;

/// <summary>
/// Makes one head of many: each part once, title and metas from the primary before the layout before the others, in a fixed order.
/// The same fragments merge to the same head, so the last one is kept per page.
/// </summary>
/// <param name="logger">Told of conflicts between fragments, each once per page.</param>
internal sealed class HeadMerger(ILogger<HeadMerger>? logger = null)
{
    // Names of metas are the services': without a bound, one that makes them up would fill the log and the memory.
    private const int MostConflictsTold = 32;

    private readonly ConditionalWeakTable<PagePlan, Memory> _last = [];

    // By the page's name, since a plan is replaced whenever anything changes.
    private readonly ConcurrentDictionary<string, HashSet<string>> _told = new(StringComparer.Ordinal);

    private sealed class Memory
    {
        public volatile Merge? Last;
    }

    private sealed record Merge(Contribution[] Contributions, MergedHead Result);

    // Two arrays are equal when they are one: cached and remembered fragments keep theirs.
    private readonly record struct Contribution(ImmutableArray<HeadPart> Head, ImmutableArray<InlineCode> Inline, DocumentLabels? Labels);

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

        var merged = Combine(plan, contributions, null);
        memory.Last = new Merge(contributions, merged);
        Tell(plan, merged.Conflicts);
        return merged;
    }

    /// <summary>Merges anew and tells of every part what became of it.</summary>
    public static HeadLedger Explain(PagePlan plan, PageFetch fetch)
    {
        var ledger = new HeadLedger(plan);
        Combine(plan, [.. plan.Slots.Select(slot => ContributionOf(fetch, slot.Index))], ledger);
        return ledger;
    }

    private void Tell(PagePlan plan, ImmutableArray<HeadConflict> conflicts)
    {
        foreach (var conflict in conflicts)
        {
            var told = _told.GetOrAdd(plan.Name, static _ => new HashSet<string>(StringComparer.Ordinal));
            bool isNew;
            lock (told)
            {
                isNew = told.Count < MostConflictsTold && told.Add(conflict.Part);
            }

            if (isNew)
            {
                logger?.HeadConflict(plan.Name, conflict.PartInWords, plan.Slots[conflict.Dropped].Address, plan.Slots[conflict.Kept].Address);
            }
        }
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
        fetch.ResultOf(slot) is { } result ? new(result.Head, result.Markup?.Inline ?? [], result.Markup?.Labels) : new(ToldAhead(fetch.Plan.Slots[slot]), [], null);

    // A service that is down does not hand out its style sheets either.
    private static ImmutableArray<HeadPart> ToldAhead(SlotPlan slot) => slot.Service.Client.IsAnswering ? slot.StylePreloads : [];

    private static MergedHead Combine(PagePlan plan, Contribution[] contributions, HeadLedger? ledger)
    {
        var parts = new HeadParts(plan, ledger);
        var order = plan.Primary is { } primary ? plan.Slots.OrderBy(s => s.Index == primary.Index ? -1 : s.Index) : plan.Slots.AsEnumerable();
        foreach (var slot in order)
        {
            foreach (var part in contributions[slot.Index].Head)
            {
                parts.Add(part, slot);
            }
        }

        var html = parts.Added.OrderBy(p => p.Kind).SelectMany(p => p.Html.ToArray().Append((byte)'\n')).ToArray();
        var policy = ContentPolicy.For(plan, InlineOf(plan, contributions, parts.Added));
        var labels = plan.Primary is { } of ? contributions[of.Index].Labels : null;
        var htmlTag = DocumentTags.Html(plan.Layout.HtmlTag, labels);
        var bodyTag = DocumentTags.Body(plan.Layout.BodyTag, labels);
        ReadOnlyMemory<byte>[] all = [plan.ImportMap, plan.Preloads, html, htmlTag, bodyTag, .. parts.Replaced ?? []];
        var hash = ContentHash.Of(all.Select(static part => (part, 0)));
        return new MergedHead(parts.Replaced, html, policy, hash, parts.Keys)
        {
            HtmlTag = htmlTag,
            BodyTag = bodyTag,
            Conflicts = [.. parts.Conflicts],
        };
    }

    private static IEnumerable<InlineCode> InlineOf(PagePlan plan, Contribution[] contributions, IEnumerable<HeadPart> added) =>
        [
            .. plan.Layout.Inline,
            .. contributions.SelectMany(c => c.Inline),
            .. added.Where(p => p.Kind == HeadPartKind.Style).Select(p => InlineCode.Of(isScript: false, p.Key[HeadReader.StyleKey.Length..])),
        ];
}
