using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>Everything a negotiation looks at. The order of the services counts for nothing.</summary>
public sealed record Portfolio
{
    /// <value>The services, each revision for itself. No two may have the same name and revision.</value>
    public ImmutableArray<PortfolioService> Services { get; init; } = [];

    /// <value>The operator's wishes. Default: none.</value>
    public NegotiationPolicy Policy { get; init; } = NegotiationPolicy.Default;

    /// <value>The winners of the last negotiation by unit, looked at by <see cref="WinnerStrategy.Sticky"/> only. Default empty.</value>
    public ImmutableSortedDictionary<string, PreviousWinner> Previous { get; init; } = OrdinalMap.Empty<PreviousWinner>();
}
