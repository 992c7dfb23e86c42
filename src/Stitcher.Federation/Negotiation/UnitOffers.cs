using System.Collections.Immutable;
using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Negotiation;

/// <summary>Collects the offers for a unit and says which of them may win.</summary>
internal sealed class UnitOffers(Unit unit, UnitGraph graph, NegotiationPolicy policy, DiagnosticLog log)
{
    public List<Offer> Collect(IReadOnlyList<Participant> services)
    {
        var offers = new List<Offer>();
        foreach (var service in services)
        {
            var rows = unit.RowsOf(service).Where(static row => row.Provides).ToList();
            if (rows.Count > 0)
            {
                offers.Add(Judged(new Offer(service, rows)));
            }
        }

        return offers;
    }

    private Offer Judged(Offer offer)
    {
        var package = unit.Key.Package;
        var service = offer.Provider;
        var isBelowFloor = offer.Rows.Any(row => IsBelowFloor(row));
        offer.IsBanned = offer.Rows.Any(row => IsBanned(row));
        offer.Unmet = Unmet(offer);
        var isAllowed = offer.Rows.All(row => row.Shared.Provide && IsAllowed(row.Name, service.Service.Name));
        offer.MayServeOthers = isAllowed && service.HasVote && !offer.IsBanned && !isBelowFloor && service.Service.AssetsUp && offer.Unmet is null;

        if (offer.IsBanned || isBelowFloor)
        {
            Refuse(offer, FederationCodes.BannedOrBelowFloor, offer.IsBanned ? "banned" : "below-floor");
        }
        else if (!service.Service.AssetsUp)
        {
            Refuse(offer, FederationCodes.AssetsDown, "assets-down");
        }
        else if (!isAllowed)
        {
            Refuse(offer, FederationCodes.ProviderNotAllowed, "provider-not-allowed");
        }
        else if (!service.HasVote)
        {
            offer.Ineligible = "retained-revision";
        }
        else if (offer.Unmet is { } unmet)
        {
            Refuse(offer, FederationCodes.OfferUnsatisfied, unmet);
        }
        else if (IsolatedOn(offer) is { } dependency)
        {
            Refuse(offer, FederationCodes.OfferIsolated, $"isolated on dependency {dependency}");
        }

        return offer;

        void Refuse(Offer refused, string code, string reason)
        {
            refused.Ineligible = reason;
            log.Say(code, service.Id, package, reason);
        }
    }

    private bool IsBanned(PackageRow row) =>
        policy.Overrides.GetValueOrDefault(row.Name) is { Ban.IsDefaultOrEmpty: false } wish
        && wish.Ban.Any(text => VersionRange.WithPrereleases(text)?.Accepts(row.Version!) == true);

    private bool IsBelowFloor(PackageRow row) =>
        policy.Overrides.GetValueOrDefault(row.Name)?.Floor is { } floor
        && VersionRange.WithPrereleases(floor)?.Accepts(row.Version!) == false;

    private bool IsAllowed(string package, string service)
    {
        foreach (var rule in policy.ProviderRules)
        {
            if (rule.Names(package))
            {
                return rule.Allow.Contains(service, StringComparer.Ordinal);
            }
        }

        return true;
    }

    private string? Unmet(Offer offer)
    {
        foreach (var row in offer.Rows)
        {
            foreach (var (package, range) in row.Requires)
            {
                var version = graph.UnitFor(offer.Provider, package) == unit
                    ? offer.VersionOf(package)
                    : offer.Provider.CopyOf(package, graph)?.VersionOf(package);
                if (version is null)
                {
                    return $"requires {package}: not provided";
                }

                if (!range.Accepts(version))
                {
                    return $"requires {package}: {version.Plain} is not in {range}";
                }
            }
        }

        return null;
    }

    private string? IsolatedOn(Offer offer) => offer.Rows
        .SelectMany(static row => row.Requires)
        .Select(static required => required.Package)
        .FirstOrDefault(package => graph.UnitFor(offer.Provider, package) != unit && offer.Provider.IsApartOn(package));
}
