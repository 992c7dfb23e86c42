using System.Collections.Immutable;

namespace Stitcher.Federation.Manifests;

/// <summary>What a service needs of another one.</summary>
public sealed record ConsumedService
{
    /// <value>The other service's name.</value>
    public required string Service { get; init; }

    /// <value>The keys it needs there, each written <c>./Name</c>.</value>
    public ImmutableArray<string> Exposes { get; init; } = [];

    /// <value>True when it does its work without them, too. Default false.</value>
    public bool Optional { get; init; }
}
