using System.Collections.Immutable;

namespace Stitcher.Federation.Manifests;

/// <summary>A package that a service brings along, needs, or both.</summary>
public sealed record SharedPackage
{
    /// <value>The package's name as code imports it.</value>
    public required string Package { get; init; }

    /// <value>The version the service brings along, as it wrote it. Null when it brings none.</value>
    public string? Version { get; init; }

    /// <value>The npm range the service accepts, as it wrote it. Null means <c>^</c> and its own version.</value>
    public string? RequiredVersion { get; init; }

    /// <value>True when the service accepts every version, prereleases included (<c>"requiredVersion": false</c>). Default false.</value>
    public bool AnyVersion { get; init; }

    /// <value>True when two copies in one page would harm each other. Default false.</value>
    public bool Singleton { get; init; }

    /// <value>True when the service must not run on a version outside its range. Default false.</value>
    public bool StrictVersion { get; init; }

    /// <value>True when the package should be fetched before anything asks for it. Default false.</value>
    public bool Eager { get; init; }

    /// <value>Packages meet only inside one share scope. Default <c>default</c>.</value>
    public string ShareScope { get; init; } = DefaultShareScope;

    /// <value>Packages of one family come from one build. Null for a package that stands alone.</value>
    public string? Family { get; init; }

    /// <value>False when others must not be served with this service's copy. Default true.</value>
    public bool Provide { get; init; } = true;

    /// <value>False when the service brings no copy of its own, and needs somebody else's. Default true.</value>
    public bool Import { get; init; } = true;

    /// <value>False when the service always runs its own copy, whatever the others run. Default true.</value>
    public bool Dedupe { get; init; } = true;

    /// <value>Specifiers of the package (its name, or below it) to files below the manifest's base.</value>
    public ImmutableSortedDictionary<string, string> Entries { get; init; } = OrdinalMap.Empty<string>();

    /// <value>Packages this copy imports itself, with the ranges it accepts.</value>
    public ImmutableSortedDictionary<string, string> Requires { get; init; } = OrdinalMap.Empty<string>();

    /// <summary>The share scope of a package that names none.</summary>
    public const string DefaultShareScope = "default";
}
