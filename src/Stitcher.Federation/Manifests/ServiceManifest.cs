using System.Collections.Immutable;

namespace Stitcher.Federation.Manifests;

/// <summary>What one revision of a service publishes about itself at <see cref="StitcherManifest.WellKnownPath"/>.</summary>
public sealed record ServiceManifest
{
    /// <value>The version of the format. Only 1 exists.</value>
    public int Schema { get; init; } = 1;

    /// <value>The service's name: lower-case letters, digits and hyphens, at most 64 characters.</value>
    public required string Name { get; init; }

    /// <value>Names this deployment. Opaque, and different for every deployment.</value>
    public required string Revision { get; init; }

    /// <value>When the revision was built; orders revisions. Null when the service does not say.</value>
    public DateTimeOffset? BuiltAt { get; init; }

    /// <value>The folder of the modules on the service: begins and ends with a slash. Default <c>/assets/</c>.</value>
    public string Base { get; init; } = StitcherManifest.DefaultBase;

    /// <value>What others may show or import, in the order the service wrote it.</value>
    public ImmutableArray<ExposedModule> Exposes { get; init; } = [];

    /// <value>What the service needs of other services.</value>
    public ImmutableArray<ConsumedService> Consumes { get; init; } = [];

    /// <value>Packages the service shares or wants to share with others.</value>
    public ImmutableArray<SharedPackage> Shared { get; init; } = [];

    /// <value>Private specifiers, valid in the service's own modules only, to files below <see cref="Base"/>.</value>
    public ImmutableSortedDictionary<string, string> Internal { get; init; } = OrdinalMap.Empty<string>();

    /// <value>Files below <see cref="Base"/> with what is known about them.</value>
    public ImmutableSortedDictionary<string, ModuleFile> Modules { get; init; } = OrdinalMap.Empty<ModuleFile>();

    /// <value>
    /// Packages inside the service's own bundles, to be looked at only: they are neither offered nor asked for. Known from foreign
    /// manifests; the service's own manifest has no such part.
    /// </value>
    public ImmutableArray<SharedPackage> Inventory { get; init; } = [];

    /// <value>The topics the service's browser code speaks and hears. Null when it does not say.</value>
    public ServiceEvents? Events { get; init; }
}
