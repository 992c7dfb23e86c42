using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Negotiation;

/// <summary>Works out who would run on what if an offer won.</summary>
internal sealed class UnitPlanner(
    Unit unit, IReadOnlyList<Consumer> consumers, IReadOnlyList<Offer> bestFirst, FitTable fits, NegotiationPolicy policy)
{
    private readonly Dictionary<Offer, int> _rank = bestFirst.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index);
    private readonly bool _isLeaf = unit.Packages.Length == 1
        && consumers.All(static consumer => !consumer.Service.HasVote || consumer.Rows.All(static row => row.Shared.Requires.IsEmpty));

    private readonly SingletonConflict _conflict = unit.Packages
        .Select(package => policy.Overrides.GetValueOrDefault(package)?.SingletonConflict)
        .FirstOrDefault(static conflict => conflict is not null) ?? policy.SingletonConflict;

    public Plan For(Offer? winner)
    {
        var assignments = new Assignment[consumers.Count];
        var waiting = new List<Consumer>();
        var splits = 0;
        foreach (var consumer in consumers)
        {
            if (WithWinner(consumer, winner) is { } outcome)
            {
                assignments[consumer.Index] = new Assignment(outcome, winner);
                splits += outcome == ConsumerOutcome.Quarantined ? consumer.Weight : 0;
            }
            else
            {
                waiting.Add(consumer);
                splits += winner is not null && consumer is { IsSingleton: true, HasUsableOwn: true } ? consumer.Weight : 0;
            }
        }

        var anchors = Settle(waiting, winner, assignments);
        foreach (var consumer in waiting.Where(static consumer => !consumer.HasUsableOwn))
        {
            assignments[consumer.Index] = WithoutOwn(consumer, winner, anchors);
        }

        return new Plan(winner, assignments, Cost(assignments, winner, splits));
    }

    private ConsumerOutcome? WithWinner(Consumer consumer, Offer? winner)
    {
        if (fits.Is(consumer, winner, Fit.Accepted))
        {
            return ConsumerOutcome.Shared;
        }

        if (!consumer.IsSingleton || !fits.Is(consumer, winner, Fit.CanBeForced))
        {
            return null;
        }

        if (consumer.IsStrict)
        {
            return _conflict == SingletonConflict.Quarantine ? ConsumerOutcome.Quarantined : null;
        }

        return policy.SoftLimitMajor && consumer.HasUsableOwn && LeavesItsLine(consumer, winner!) ? null : ConsumerOutcome.Forced;
    }

    // A copy is only coherent for others where its provider runs it, too: a scope rules over the importing file, not over who asks for it.
    private List<Offer> Settle(List<Consumer> waiting, Offer? winner, Assignment[] assignments)
    {
        var anchors = new List<Offer>();
        foreach (var consumer in waiting
            .Where(static consumer => consumer.HasUsableOwn)
            .OrderBy(consumer => _rank[consumer.Own!]))
        {
            var anchor = anchors.Find(anchor => anchor.MayServeOthers && fits.Is(consumer, anchor, Fit.Accepted));
            if (anchor is null)
            {
                anchors.Add(consumer.Own!);
            }

            assignments[consumer.Index] = anchor is null
                ? new Assignment(ConsumerOutcome.Own, consumer.Own)
                : new Assignment(ConsumerOutcome.Borrowed, anchor);
        }

        return anchors;
    }

    private Assignment WithoutOwn(Consumer consumer, Offer? winner, List<Offer> anchors)
    {
        // The winner's own service must not run another copy than the one everybody gets from it.
        var isWinner = winner is not null && ReferenceEquals(winner, consumer.Own);
        var copy = isWinner ? null : anchors.Find(anchor => anchor.MayServeOthers && fits.Is(consumer, anchor, Fit.Accepted));
        if (copy is null && !isWinner && _isLeaf)
        {
            copy = bestFirst.FirstOrDefault(offer => offer.Ineligible is null && fits.Is(consumer, offer, Fit.Accepted));
        }

        if (copy is not null)
        {
            return new Assignment(ConsumerOutcome.Borrowed, copy);
        }

        return !consumer.IsStrict && fits.Is(consumer, winner, Fit.Covers)
            ? new Assignment(ConsumerOutcome.Forced, winner)
            : new Assignment(ConsumerOutcome.Missing, winner);
    }

    private static bool LeavesItsLine(Consumer consumer, Offer winner) =>
        consumer.Rows.Any(row => consumer.Own?.VersionOf(row.Name) is { } own
            && winner.VersionOf(row.Name) is { } offered
            && !PackageVersion.SameLine(own, offered));

    private UnitCost Cost(Assignment[] assignments, Offer? winner, int splits)
    {
        var (missing, forced) = (0, 0);
        var extra = new HashSet<Offer>();
        foreach (var consumer in consumers)
        {
            var assignment = assignments[consumer.Index];
            missing += assignment.Outcome == ConsumerOutcome.Missing ? consumer.Weight : 0;
            forced += assignment.Outcome == ConsumerOutcome.Forced ? consumer.Weight : 0;
            if (consumer.Weight > 0 && assignment.CountsAsExtra(winner))
            {
                extra.Add(assignment.Seen!);
            }
        }

        return new UnitCost(missing, splits, forced, extra.Count);
    }
}
