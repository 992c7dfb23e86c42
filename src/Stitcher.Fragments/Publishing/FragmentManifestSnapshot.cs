using System.Collections.Frozen;
using Stitcher.Federation.Manifests;

namespace Stitcher.Fragments.Publishing;

/// <summary>The manifest as it stands, with everything that is derived from it.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Utf8">It, as it is sent.</param>
/// <param name="EntityTag">Its tag, in quotes.</param>
/// <param name="ImportMap">The import map of this service alone, as JSON that may stand in a page.</param>
internal sealed record FragmentManifestSnapshot(ServiceManifest Manifest, byte[] Utf8, string EntityTag, string ImportMap)
{
    /// <value>Files of installed packages: paths below the asset base, and where they lie.</value>
    public FrozenDictionary<string, string> PackageFiles { get; init; } = FrozenDictionary<string, string>.Empty;
}
