using System.Collections.Immutable;
using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Negotiation;

/// <summary>A service that declares packages of a unit, and what it asks of a copy.</summary>
internal sealed class Consumer
{
    public Consumer(Participant service, Unit unit, Offer? own, int index)
    {
        Service = service;
        Index = index;
        Rows = [.. unit.RowsOf(service)];
        IsSingleton = Rows.Any(static row => row.Shared.Singleton);
        IsStrict = Rows.Any(static row => row.Shared.StrictVersion);
        Own = own;
        HasUsableOwn = own is { IsBanned: false } && service.Service.AssetsUp && Lacking(own) is null;
    }

    public Participant Service { get; }

    public int Index { get; }

    public ImmutableArray<PackageRow> Rows { get; }

    public bool IsSingleton { get; }

    public bool IsStrict { get; }

    public int Weight => Service.HasVote ? 1 : 0;

    public Offer? Own { get; }

    public bool HasUsableOwn { get; }

    /// <summary>The packages and entries it needs and the copy has not; null when it has all.</summary>
    public string? Lacking(Offer offer)
    {
        List<string>? lacking = null;
        foreach (var row in Rows)
        {
            if (offer.VersionOf(row.Name) is null)
            {
                (lacking ??= []).Add(row.Name);
            }
            else
            {
                foreach (var specifier in row.Specifiers)
                {
                    if (offer.AddressOf(specifier) is null)
                    {
                        (lacking ??= []).Add(specifier);
                    }
                }
            }
        }

        return lacking is null ? null : string.Join(", ", lacking);
    }

    public bool IsInRange(Offer offer)
    {
        if (ReferenceEquals(offer, Own))
        {
            return true;
        }

        foreach (var row in Rows)
        {
            if (offer.VersionOf(row.Name) is { } version && !row.Accepts(version))
            {
                return false;
            }
        }

        return true;
    }

    public IEnumerable<(PackageRow Row, PackageVersion Version)> OutOfRange(Offer offer)
    {
        foreach (var row in Rows)
        {
            if (offer.VersionOf(row.Name) is { } version && !row.Accepts(version))
            {
                yield return (row, version);
            }
        }
    }

    /// <summary>Whether it and the copy's provider run on the same of everything that the copy requires and it declares, too.</summary>
    public bool Follows(Offer offer, UnitGraph graph, Unit unit)
    {
        if (ReferenceEquals(offer.Provider, Service))
        {
            return true;
        }

        foreach (var package in offer.Required)
        {
            if (Service.Rows.ContainsKey(package) && !SeesTheSame(package, offer, graph, unit))
            {
                return false;
            }
        }

        return true;
    }

    private bool SeesTheSame(string package, Offer offer, UnitGraph graph, Unit unit) =>
        graph.UnitFor(offer.Provider, package) == unit
            ? graph.UnitFor(Service, package) == unit
            : Service.IsDecided(package) && ReferenceEquals(Service.CopyOf(package, graph), offer.Provider.CopyOf(package, graph));
}
