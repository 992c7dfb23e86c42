using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>A stand-in for a module that is withheld or gone.</summary>
/// <param name="Specifier">What is imported, for example <c>users/UserProfile</c>.</param>
/// <param name="Url">Where the map sends it.</param>
/// <param name="Exports">The names it has to export; empty when nobody knows them any more.</param>
public sealed record ModuleStub(string Specifier, string Url, ImmutableArray<string> Exports);
