using System.Collections.Frozen;
using System.Collections.Immutable;
using Stitcher.Configuration;

namespace Stitcher.Planning;

/// <summary>All pages and services at one moment: what the gateway serves until the next one takes its place.</summary>
internal sealed record PageCatalog(StitcherOptions Options, FrozenDictionary<string, ServicePlan> Services, ImmutableArray<PagePlan> Pages)
{
    /// <summary>Who asks, for the services that are told it on plain routes, too; null where none is.</summary>
    public VisitorReader? Visitors { get; init; }

    public static PageCatalog Empty { get; } = new(new StitcherOptions(), FrozenDictionary<string, ServicePlan>.Empty, []);
}
