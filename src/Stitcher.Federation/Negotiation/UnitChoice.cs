using System.Collections.Immutable;
using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Negotiation;

/// <summary>Chooses the winner of a unit among the plans of all offers that may win, and says why.</summary>
internal sealed class UnitChoice(Unit unit, OfferOrder order, NegotiationPolicy policy, PreviousWinner? previous, DiagnosticLog log)
{
    public (Plan Plan, string Reason) Of(IReadOnlyList<Plan> plans)
    {
        var pinned = Pinned(plans);
        var hosted = policy.HostPrecedence && pinned.Any(IsHosts) ? [.. pinned.Where(IsHosts)] : pinned;
        var chosen = hosted
            .OrderBy(static plan => plan.Cost)
            .ThenBy(plan => policy.Strategy == WinnerStrategy.Sticky && !IsAsBefore(plan))
            .ThenBy(static plan => plan.Cost.Extra)
            .ThenBy(static plan => plan.Winner!, Comparer<Offer>.Create(order.Best))
            .First();
        var reason = plans.Count == 1 ? WinnerReasons.OnlyOffer
            : pinned.Count < plans.Count || IsPinned(chosen) ? WinnerReasons.Pin
            : IsHosts(chosen) && policy.HostPrecedence ? WinnerReasons.Host
            : Reason(chosen, plans);
        return (chosen, reason);
    }

    private List<Plan> Pinned(IReadOnlyList<Plan> plans)
    {
        List<Plan> left = [.. plans];
        foreach (var package in unit.Packages)
        {
            if (policy.Overrides.GetValueOrDefault(package)?.Pin is { } pin)
            {
                var fitting = left.FindAll(plan => IsVersion(plan.Winner!, package, pin));
                if (fitting.Count > 0)
                {
                    left = fitting;
                }
                else
                {
                    log.Say(FederationCodes.PinNotOffered, package: package, subject: pin);
                }
            }
        }

        return left;
    }

    private bool IsPinned(Plan plan) =>
        unit.Packages.Any(package => policy.Overrides.GetValueOrDefault(package)?.Pin is { } pin && IsVersion(plan.Winner!, package, pin));

    private static bool IsVersion(Offer offer, string package, string pin) =>
        PackageVersion.TryParse(pin, out var wanted)
        && offer.VersionOf(package) is { } offered
        && PackageVersion.SamePrecedence(wanted, offered);

    private static bool IsHosts(Plan plan) => plan.Winner!.Provider.Service.IsHost;

    private bool IsAsBefore(Plan plan) =>
        previous is not null
        && unit.Packages.All(package => plan.Winner!.VersionOf(package) is var version
            && (previous.Versions.GetValueOrDefault(package) is { } before
                ? PackageVersion.TryParse(before, out var parsed) && PackageVersion.SamePrecedence(parsed, version)
                : version is null));

    private string Reason(Plan chosen, IReadOnlyList<Plan> plans)
    {
        var highest = plans.MinBy(static plan => plan.Winner!, Comparer<Offer>.Create(order.Highest))!;
        if (plans.All(plan => order.Versions(plan.Winner!, chosen.Winner!) == 0))
        {
            return plans.Any(plan => plan.Cost != chosen.Cost) ? WinnerReasons.Coverage : WinnerReasons.ProviderOrder;
        }

        return order.Versions(highest.Winner!, chosen.Winner!) == 0 ? WinnerReasons.Highest
            : chosen.Cost < highest.Cost ? WinnerReasons.FewestRefusals
            : policy.Strategy == WinnerStrategy.Sticky && IsAsBefore(chosen) && !IsAsBefore(highest) ? WinnerReasons.Sticky
            : chosen.Cost.Extra < highest.Cost.Extra ? WinnerReasons.FewestCopies
            : WinnerReasons.StableFirst;
    }
}
