using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>One service's offer for a unit.</summary>
/// <param name="Provider">The service's name and revision.</param>
/// <param name="Versions">The packages it offers to their versions.</param>
/// <param name="Cost">What everybody would pay if it won; null when it could not win.</param>
/// <param name="Ineligible">Why it could not win; null when it could.</param>
public sealed record UnitCandidate(
    string Provider, ImmutableSortedDictionary<string, string> Versions, UnitCost? Cost, string? Ineligible);
