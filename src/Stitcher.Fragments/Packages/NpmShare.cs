using System.Collections.Immutable;

namespace Stitcher.Fragments.Packages;

/// <summary>A package of npm's that was mapped, as the service's code says it.</summary>
internal sealed record NpmShare(
    string Package, string? RequiredVersion, bool Singleton, bool StrictVersion, bool Eager, string? Family, ImmutableArray<string> Entries);
