using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>What the operator wants of a negotiation.</summary>
public sealed record NegotiationPolicy
{
    /// <value>No wishes: every default.</value>
    public static NegotiationPolicy Default { get; } = new();

    /// <value>Which of equally good offers wins. Default <see cref="WinnerStrategy.Highest"/>, which needs no memory.</value>
    public WinnerStrategy Strategy { get; init; }

    /// <value>What becomes of a strict singleton that cannot run on the winner. Default <see cref="SingletonConflict.Isolate"/>.</value>
    public SingletonConflict SingletonConflict { get; init; }

    /// <value>True when a soft singleton is not moved to another major version (for 0.x another minor one) while it has a copy of its own. Default false.</value>
    public bool SoftLimitMajor { get; init; }

    /// <value>True when the host's packages win over higher versions. Default true.</value>
    public bool HostPrecedence { get; init; } = true;

    /// <value>True when all packages of one npm scope (<c>@scope/…</c>) come from one build. Default false.</value>
    public bool FamilyPerNpmScope { get; init; }

    /// <value>Wishes for single packages, by package. Default empty.</value>
    public ImmutableSortedDictionary<string, PackageOverride> Overrides { get; init; } = OrdinalMap.Empty<PackageOverride>();

    /// <value>Who may serve others; the first rule that names a package counts. Default empty: everybody of the same or a higher trust tier.</value>
    public ImmutableArray<ProviderRule> ProviderRules { get; init; } = [];

    /// <value>
    /// Where the gateway serves stand-ins for modules that others import and that are withheld or gone, ending in a slash.
    /// Default null: no stand-ins, and whoever imports such a module statically fails to load.
    /// </value>
    public string? StubBase { get; init; }
}
