using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>The operator's wishes for one package.</summary>
public sealed record PackageOverride
{
    /// <value>The version that wins if anybody offers it. Null: none.</value>
    public string? Pin { get; init; }

    /// <value>Versions, or ranges of them, that nobody may run. Default empty.</value>
    public ImmutableArray<string> Ban { get; init; } = [];

    /// <value>The range an offer must be in to win, for example <c>&gt;=3.2.4</c>; prereleases above it are in it. Null: none.</value>
    public string? Floor { get; init; }

    /// <value>Replaces <see cref="NegotiationPolicy.SingletonConflict"/> for this package. Null: as for all.</value>
    public SingletonConflict? SingletonConflict { get; init; }
}
