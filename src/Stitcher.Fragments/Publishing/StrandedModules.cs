using System.Collections.Immutable;
using Stitcher.Federation.Manifests;
using Stitcher.Fragments.Packages;

namespace Stitcher.Fragments.Publishing;

/// <summary>Modules that could not start in any browser, because a package they import is not there. Their fragments are published without them.</summary>
internal static class StrandedModules
{
    /// <param name="modules">The service's own files.</param>
    /// <param name="missing">Packages that were mapped and cannot be published.</param>
    public static ImmutableHashSet<string> Of(ImmutableSortedDictionary<string, ModuleFile> modules, ImmutableHashSet<string> missing)
    {
        var stranded = modules
            .Where(module => module.Value.Imports.Any(specifier => ModuleFiles.IsBare(specifier) && missing.Contains(NpmPackage.NameOf(specifier))))
            .Select(static module => module.Key)
            .ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(stranded);
        while (open.TryDequeue(out var file))
        {
            foreach (var (importer, module) in modules)
            {
                if (module.Imports.Any(specifier => ModuleFiles.Beside(importer, specifier) == file) && stranded.Add(importer))
                {
                    open.Enqueue(importer);
                }
            }
        }

        return [.. stranded];
    }

    /// <summary>What remains of an exposed module; null when nothing does.</summary>
    public static ExposedModule? Without(ExposedModule exposed, ImmutableHashSet<string> stranded) =>
        exposed.Module is not { } module || !stranded.Contains(module) ? exposed
        : exposed.Fragment is null ? null
        : exposed with { Module = null, Exports = [], Element = null, Hydrate = null };
}
