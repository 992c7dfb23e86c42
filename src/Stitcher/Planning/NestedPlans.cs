using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Stitcher.Parsing;

namespace Stitcher.Planning;

/// <summary>Plans the slots that fragments bring, once per compiled fragment.</summary>
internal sealed class NestedPlans(SlotPlanner planner, ImmutableArray<ValueSource> values, TimeSpan most, int slotsPerPage, int depth)
{
    private readonly ConditionalWeakTable<Markup, object> _plans = [];

    /// <summary>A nested slot's plan, or why it has none.</summary>
    public readonly record struct NestedPlan(SlotPlan? Plan, ReadOnlyMemory<byte> Content, string? Problem)
    {
        /// <summary>Fetches its module while the page is still on its way, as the page itself does for those of its own slots.</summary>
        public ImmutableArray<HeadPart> Preloads { get; init; } = [];
    }

    /// <summary>The most time a slot may have.</summary>
    public TimeSpan Longest => most;

    /// <summary>The most slots on a page, nested ones included.</summary>
    public int SlotsPerPage => slotsPerPage;

    /// <summary>How deep fragments may stand in fragments.</summary>
    public int Depth => depth;

    public ImmutableArray<NestedPlan> For(Markup markup) =>
        (ImmutableArray<NestedPlan>)_plans.GetValue(markup, m => (ImmutableArray<NestedPlan>)[.. m.Slots.Select(Plan)]);

    private NestedPlan Plan(SlotMarkup slot, int index)
    {
        if (planner.Resolve(slot.Source, out var problem) is not { } address)
        {
            return new(null, slot.Content, problem);
        }

        // What a request carries is the page's to hand out: a service that writes slots could send it on to any other.
        if (address.Parameters.Any(p => !p.IsFixed))
        {
            return new(null, slot.Content, $"src=\"{slot.Source}\" has places; a slot inside a fragment takes only values that are written out");
        }

        var plan = planner.Plan(index, slot, address, null, values, most);
        return new(plan, slot.Content, null) { Preloads = planner.PreloadsOf(plan) };
    }
}
