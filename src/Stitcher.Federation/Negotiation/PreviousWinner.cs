using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>What a unit ran on before.</summary>
/// <param name="Versions">Packages of the unit to their versions.</param>
public sealed record PreviousWinner(ImmutableSortedDictionary<string, string> Versions);
