namespace Stitcher.Federation.Negotiation;

/// <summary>Who would run on what if an offer won.</summary>
/// <param name="Winner">The offer; null when nobody's is eligible.</param>
/// <param name="Assignments">By the consumers' indexes.</param>
/// <param name="Cost">What it costs everybody together.</param>
internal sealed record Plan(Offer? Winner, Assignment[] Assignments, UnitCost Cost);
