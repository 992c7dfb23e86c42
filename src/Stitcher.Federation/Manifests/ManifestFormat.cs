namespace Stitcher.Federation.Manifests;

/// <summary>How a manifest is written.</summary>
public enum ManifestFormat
{
    /// <summary>Our own, see <see cref="StitcherManifest"/>: everything it says counts.</summary>
    Stitcher,

    /// <summary>Native Federation's <c>remoteEntry.json</c>, versions 3 and 4: offers and asks for packages like our own.</summary>
    NativeFederation,

    /// <summary>Module Federation's <c>mf-manifest.json</c>: what is exposed, its styles, and an inventory; its packages stay inside its own container.</summary>
    ModuleFederation,

    /// <summary>Podium's <c>manifest.json</c>: a fragment, its fallback and their assets.</summary>
    Podium,

    /// <summary>An import map: specifiers for the service's own modules, and what stands under the service's own name.</summary>
    ImportMap,
}
