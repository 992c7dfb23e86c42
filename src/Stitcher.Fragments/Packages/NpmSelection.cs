using System.Collections.Frozen;
using System.Collections.Immutable;
using Stitcher.Federation.Manifests;

namespace Stitcher.Fragments.Packages;

/// <summary>What of the installed packages is published.</summary>
/// <param name="Packages">The packages, with the specifiers that somebody imports.</param>
/// <param name="Files">Their files by their paths below the asset base, to where they lie on disk.</param>
/// <param name="Modules">The same files with their hashes and imports.</param>
/// <param name="Missing">Packages that were mapped and cannot be published.</param>
/// <param name="Problems">Why; a sentence each.</param>
internal sealed record NpmSelection(
    ImmutableArray<SharedPackage> Packages,
    FrozenDictionary<string, string> Files,
    ImmutableSortedDictionary<string, ModuleFile> Modules,
    ImmutableHashSet<string> Missing,
    ImmutableArray<string> Problems)
{
    public static NpmSelection None { get; } = new(
        [], FrozenDictionary<string, string>.Empty, ImmutableSortedDictionary<string, ModuleFile>.Empty.WithComparers(StringComparer.Ordinal), [], []);
}
