using System.Collections.Immutable;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Explaining;

/// <summary>Tells how one unit was decided: its offers, its winner, and what everybody runs on.</summary>
internal static class FederationPackages
{
    public static FederationPackage Tell(string unit, UnitDecision decision, FederationView view, string filter)
    {
        var services = view.Portfolio.Services;
        var apart = decision.Consumers.Where(IsApart).Select(static c => c.Provider!).Distinct(StringComparer.Ordinal).ToList();
        var consumers = decision.Consumers.Select(consumer => Consumer(consumer, decision, view)).ToImmutableArray();
        return new FederationPackage(
            unit,
            decision.Scope,
            decision.Packages,
            consumers.Any(static c => c.Level == "error") ? "error" : consumers.Any(static c => c.Level == "warning") ? "warning" : decision.Winner is null ? "warning" : "info",
            decision.Winner is { } winner ? DecisionText.Versions(winner) : null,
            decision.Winner?.Provider,
            decision.Reason,
            DecisionText.Reason(decision),
            apart.Count,
            apart.Sum(provider => Bytes(provider, decision, services) ?? 0),
            [
                .. decision.Candidates.Select(candidate => new FederationOffer(
                    candidate.Provider,
                    DecisionText.Versions(candidate),
                    candidate == decision.Winner,
                    candidate.Cost,
                    candidate.Ineligible,
                    Bytes(candidate.Provider, decision, services),
                    DecisionText.Price(candidate))),
            ],
            consumers,
            Names(decision).Any(name => name.Contains(filter, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>What a filter looks at: the packages, and who takes part.</summary>
    public static IEnumerable<string> Names(FederationPackage package) =>
        package.Packages.Concat(package.Consumers.Select(static c => c.Service)).Concat(package.Offers.Select(static o => o.Provider)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Names(UnitDecision decision) =>
        decision.Packages.Concat(decision.Consumers.Select(static c => c.Service)).Concat(decision.Candidates.Select(static c => c.Provider));

    private static FederationConsumer Consumer(UnitConsumer consumer, UnitDecision decision, FederationView view)
    {
        var said = view.Result.Diagnostics.Where(said => said.Service == consumer.Service && said.Package is { } package && decision.Packages.Contains(package));
        return new FederationConsumer(
            consumer.Service,
            view.Portfolio.Services.Any(s => s.Id == consumer.Service && s.IsRetained),
            DecisionText.Ranges(consumer),
            consumer.Outcome.ToString().ToLowerInvariant(),
            consumer.Provider,
            IsApart(consumer) ? Bytes(consumer.Provider!, decision, view.Portfolio.Services) : null,
            FederationProblems.Word(said.Select(static s => s.Level).DefaultIfEmpty().Max()),
            DecisionText.Outcome(consumer, decision));
    }

    private static bool IsApart(UnitConsumer consumer) => consumer is { Outcome: ConsumerOutcome.Own or ConsumerOutcome.Borrowed, Provider: not null };

    private static long? Bytes(string provider, UnitDecision decision, ImmutableArray<PortfolioService> services) =>
        services.FirstOrDefault(service => service.Id == provider) is { } known && CopySize.Of(known, decision.Packages) is { Bytes: > 0 } size ? size.Bytes : null;
}
