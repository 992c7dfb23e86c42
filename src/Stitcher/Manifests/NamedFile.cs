using System.Collections.Frozen;
using Stitcher.Federation.Manifests;

namespace Stitcher.Manifests;

/// <summary>A file that a manifest names.</summary>
/// <param name="Path">Its path below the manifest's base.</param>
/// <param name="Kind">What it has to be.</param>
/// <param name="Integrity">Its hash; null when the service does not tell it.</param>
internal sealed record NamedFile(string Path, FileKind Kind, string? Integrity)
{
    public static FrozenDictionary<string, NamedFile> Of(ServiceManifest manifest) =>
        manifest.Exposes.Select(static exposed => exposed.Module).OfType<string>()
            .Concat(manifest.Exposes.SelectMany(static exposed => exposed.Css))
            .Concat(manifest.Shared.SelectMany(static shared => shared.Entries.Values))
            .Concat(manifest.Internal.Values)
            .Concat(manifest.Modules.Keys)
            .Where(static path => !path.EndsWith('/'))
            .Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(
                static path => path,
                path => new NamedFile(path, FileKind.Of(path), manifest.Modules.GetValueOrDefault(path)?.Integrity),
                StringComparer.Ordinal);
}
