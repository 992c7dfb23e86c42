using System.Collections.Frozen;
using System.Collections.Immutable;
using Stitcher.Configuration;

namespace Stitcher.Planning;

/// <summary>All pages and services at one moment: what the gateway serves until the next one takes its place.</summary>
internal sealed record PageCatalog(StitcherOptions Options, FrozenDictionary<string, ServicePlan> Services, ImmutableArray<PagePlan> Pages)
{
    /// <summary>Who asks, for the services that are told it on plain routes, too; null where none is.</summary>
    public VisitorReader? Visitors { get; init; }

    /// <summary>The fragments that browsers may ask for by themselves, by service and name: <c>products/ProductCatalog</c>.</summary>
    public FrozenDictionary<string, PagePlan> LoneFragments { get; init; } = FrozenDictionary<string, PagePlan>.Empty;

    /// <summary>The site's own error pages.</summary>
    public ErrorLayouts ErrorPages { get; init; } = ErrorLayouts.None;

    public static PageCatalog Empty { get; } = new(new StitcherOptions(), FrozenDictionary<string, ServicePlan>.Empty, []);
}
