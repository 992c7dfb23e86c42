using System.Collections.Frozen;
using Stitcher.Federation.Negotiation;
using Stitcher.Manifests;

namespace Stitcher.Explaining;

/// <summary>What the federation page looks at: one negotiation, and what is known of the services beyond it.</summary>
/// <param name="Portfolio">What was negotiated over.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Generation">Names the import map; null without one.</param>
/// <param name="Refusal">Why a newer map was not published; null when the newest was.</param>
/// <param name="Known">What is known of each service now, by its name.</param>
internal sealed record FederationView(
    Portfolio Portfolio,
    NegotiationResult Result,
    string? Generation,
    string? Refusal,
    FrozenDictionary<string, KnownService> Known)
{
    public static FederationView Of(FederationState state)
    {
        var current = state.Current;
        return new FederationView(
            current.Portfolio,
            current.Result,
            current.Generation,
            state.LastRefusal,
            current.Services.ToFrozenDictionary(static s => s.Key, s => state.Find(s.Key) ?? s.Value, StringComparer.Ordinal));
    }
}
