using System.Collections.Immutable;
using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Negotiation;

/// <summary>Compares offers of a unit by what they bring along, and by who brings it.</summary>
internal sealed class OfferOrder
{
    private readonly ImmutableArray<string> _packages;

    public OfferOrder(Unit unit, IReadOnlyList<Consumer> consumers)
    {
        Lead = unit.Packages
            .OrderByDescending(package => consumers.Count(consumer =>
                consumer.Service.HasVote && consumer.Rows.Any(row => row.Name == package)))
            .First();
        _packages = [Lead, .. unit.Packages.Where(package => package != Lead)];
    }

    /// <summary>The package that most services declare; of several the smallest.</summary>
    public string Lead { get; }

    /// <summary>Without prereleases first, then higher versions, then the provider's own order.</summary>
    public int Best(Offer left, Offer right)
    {
        var stable = left.HasPrerelease.CompareTo(right.HasPrerelease);
        return stable != 0 ? stable : Highest(left, right);
    }

    public int Highest(Offer left, Offer right)
    {
        var versions = Versions(left, right);
        return versions != 0 ? versions : Providers(left, right);
    }

    /// <summary>Higher first; the lead counts before the others, and what is missing loses.</summary>
    public int Versions(Offer left, Offer right)
    {
        foreach (var package in _packages)
        {
            var compared = (left.VersionOf(package), right.VersionOf(package)) switch
            {
                (null, null) => 0,
                (null, _) => 1,
                (_, null) => -1,
                var (mine, other) => PackageVersion.ByPrecedence.Compare(other, mine),
            };
            if (compared != 0)
            {
                return compared;
            }
        }

        return 0;
    }

    private static int Providers(Offer left, Offer right)
    {
        var (mine, other) = (left.Provider.Service, right.Provider.Service);
        return other.IsHost.CompareTo(mine.IsHost) is var host and not 0 ? host
            : other.TrustTier.CompareTo(mine.TrustTier) is var tier and not 0 ? tier
            : mine.State.CompareTo(other.State) is var state and not 0 ? state
            : right.Entries.Count.CompareTo(left.Entries.Count) is var entries and not 0 ? entries
            : Participant.Compare(left.Provider, right.Provider);
    }
}
