using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Negotiation;

/// <summary>One revision of a service as it takes part in a negotiation.</summary>
/// <param name="Name">The service's name in the gateway; what it exposes is imported under this name.</param>
/// <param name="Manifest">What the revision publishes.</param>
/// <param name="BaseUrl">Where browsers find the files below the manifest's base: root-relative or absolute, ending in a slash, and of no other revision.</param>
public sealed record PortfolioService(string Name, ServiceManifest Manifest, string BaseUrl)
{
    /// <value>True for the application that the pages belong to: with <see cref="NegotiationPolicy.HostPrecedence"/> its packages win. Default false.</value>
    public bool IsHost { get; init; }

    /// <value>True for an older revision that open pages still use: it keeps working, and has no vote. Default false.</value>
    public bool IsRetained { get; init; }

    /// <value>How fresh the knowledge about the service is. Default <see cref="ManifestState.Fresh"/>.</value>
    public ManifestState State { get; init; }

    /// <value>False when the service's files cannot be fetched, and nobody holds copies of them. Default true.</value>
    public bool AssetsUp { get; init; } = true;

    /// <value>A copy serves others of the same tier and of lower tiers only. Default 0.</value>
    public int TrustTier { get; init; }

    /// <value>Name and revision, as diagnostics and decisions call it: <c>products@r1</c>.</value>
    public string Id => $"{Name}@{Manifest.Revision}";
}
