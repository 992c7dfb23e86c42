namespace Stitcher.Federation.Negotiation;

/// <summary>A specifier that a map would resolve to something else than was decided.</summary>
/// <param name="Service">The revision whose modules import it.</param>
/// <param name="Importer">The address it is imported from: the revision's base, or one file.</param>
/// <param name="Specifier">What is imported.</param>
/// <param name="Expected">The address it should resolve to; null when any address would do.</param>
/// <param name="Actual">The address it resolves to; null when it resolves to nothing.</param>
public sealed record MapFault(string Service, string Importer, string Specifier, string? Expected, string? Actual);
