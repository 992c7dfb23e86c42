using System.Collections.Frozen;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Stitcher.Manifests;

namespace Stitcher.Explaining;

/// <summary>What the federation page looks at: one negotiation, and what is known of the services beyond it.</summary>
/// <param name="Portfolio">What was negotiated over.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Generation">Names the import map; null without one.</param>
/// <param name="Refusal">Why a newer map was not published; null when the newest was.</param>
/// <param name="LastSeen">When each service answered last.</param>
/// <param name="Replaced">When a retained revision was replaced, by its id.</param>
internal sealed record FederationView(
    Portfolio Portfolio,
    NegotiationResult Result,
    string? Generation,
    string? Refusal,
    FrozenDictionary<string, DateTimeOffset> LastSeen,
    FrozenDictionary<string, DateTimeOffset> Replaced)
{
    public static FederationView Of(FederationState state)
    {
        var manifests = state.Current.Manifests;
        var portfolio = new Portfolio
        {
            Services = [.. manifests.OrderBy(static m => m.Key, StringComparer.Ordinal).Select(static m => new PortfolioService(m.Key, m.Value, $"/_s/{m.Key}{m.Value.Base}"))],
        };
        var result = Negotiator.Negotiate(portfolio);
        return new FederationView(
            portfolio,
            result,
            state.Current.PolicySource is null ? null : result.Generation(),
            null,
            FrozenDictionary<string, DateTimeOffset>.Empty,
            FrozenDictionary<string, DateTimeOffset>.Empty);
    }
}
