using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Negotiation;

/// <summary>What a service brings to the negotiation.</summary>
/// <param name="Service">The service's name in the gateway.</param>
/// <param name="Manifest">What it publishes.</param>
/// <param name="BaseUrl">Where browsers find the files below the manifest's base: root-relative or absolute, ending in a slash.</param>
public sealed record ServiceOffer(string Service, ServiceManifest Manifest, string BaseUrl);
