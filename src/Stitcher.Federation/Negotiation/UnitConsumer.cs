using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>What one service runs on.</summary>
/// <param name="Service">Its name and revision.</param>
/// <param name="Outcome">How it came to its copy.</param>
/// <param name="Provider">Whose copy it runs; null when there is none.</param>
/// <param name="Ranges">The packages it declares to the ranges it accepts.</param>
public sealed record UnitConsumer(
    string Service, ConsumerOutcome Outcome, string? Provider, ImmutableSortedDictionary<string, string> Ranges);
