using System.Collections.Immutable;
using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Negotiation;

/// <summary>Decides one unit, when everything it requires is decided.</summary>
internal sealed class UnitNegotiation(Unit unit, UnitGraph graph, IReadOnlyList<Participant> services, Portfolio portfolio, DiagnosticLog log)
{
    public UnitDecision Decide()
    {
        var offers = new UnitOffers(unit, graph, portfolio.Policy, log).Collect(services);
        var alone = KeepOwn(offers);
        var consumers = Consumers(offers, alone);
        var order = new OfferOrder(unit, consumers);
        var bestFirst = offers.Order(Comparer<Offer>.Create(order.Best)).ToList();
        var fits = new FitTable(consumers, offers, graph, unit);
        var planner = new UnitPlanner(unit, consumers, bestFirst, fits, portfolio.Policy);

        var plans = offers.Where(static offer => offer.Ineligible is null).Select(planner.For).ToList();
        var previous = portfolio.Previous.GetValueOrDefault(unit.Key.ToString());
        var (plan, reason) = plans.Count == 0
            ? (planner.For(null), WinnerReasons.NoEligibleOffer)
            : new UnitChoice(unit, order, portfolio.Policy, previous, log).Of(plans);

        unit.Winner = plan.Winner;
        foreach (var consumer in consumers)
        {
            consumer.Service.Assign(unit, plan.Assignments[consumer.Index]);
        }

        new UnitReport(unit, consumers, plan, fits, log).Say();
        return Decision(offers, plans, plan, reason, order.Lead);
    }

    /// <summary>Services that share nothing of the unit run their own copy without further ado.</summary>
    private HashSet<Participant> KeepOwn(List<Offer> offers)
    {
        var alone = new HashSet<Participant>();
        foreach (var offer in offers)
        {
            var consumer = new Consumer(offer.Provider, unit, offer, 0);
            if (consumer.HasUsableOwn && consumer.Rows.Any(static row => !row.Shared.Dedupe))
            {
                offer.Provider.Assign(unit, new Assignment(ConsumerOutcome.Own, offer));
                alone.Add(offer.Provider);
            }
        }

        return alone;
    }

    private List<Consumer> Consumers(List<Offer> offers, HashSet<Participant> alone)
    {
        var own = offers.ToDictionary(static offer => offer.Provider);
        var consumers = new List<Consumer>();
        foreach (var service in services)
        {
            if (!alone.Contains(service) && unit.RowsOf(service).Any())
            {
                consumers.Add(new Consumer(service, unit, own.GetValueOrDefault(service), consumers.Count));
            }
        }

        return consumers;
    }

    private UnitDecision Decision(List<Offer> offers, List<Plan> plans, Plan chosen, string reason, string lead)
    {
        var costs = plans.ToDictionary(static plan => plan.Winner!, static plan => plan.Cost);
        var candidates = offers.ToDictionary(static offer => offer, offer => new UnitCandidate(
            offer.Provider.Id, offer.Versions(), costs.TryGetValue(offer, out var cost) ? cost : null, offer.Ineligible));
        return new UnitDecision
        {
            Scope = unit.Key.Scope,
            Packages = unit.Packages,
            Lead = lead,
            Candidates = [.. offers.Select(offer => candidates[offer])],
            Winner = chosen.Winner is null ? null : candidates[chosen.Winner],
            Reason = reason,
            Consumers = [.. services.Where(service => unit.RowsOf(service).Any()).Select(ConsumerOf)],
        };
    }

    private UnitConsumer ConsumerOf(Participant service)
    {
        var rows = unit.RowsOf(service).ToList();
        var assignment = service.AssignmentOf(rows[0].Name);
        return new UnitConsumer(
            service.Id,
            assignment.Outcome,
            assignment.Outcome is ConsumerOutcome.Quarantined or ConsumerOutcome.Missing ? null : assignment.Seen?.Provider.Id,
            OrdinalMap.Of(rows.Select(static row => KeyValuePair.Create(row.Name, row.Range.ToString()))));
    }
}
