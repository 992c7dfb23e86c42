namespace Stitcher.Federation.Manifests;

/// <summary>What a foreign manifest does not say about itself.</summary>
/// <param name="Service">The service's name in the gateway: lower-case letters, digits and hyphens, at most 64 characters.</param>
/// <param name="Base">The folder on the service that the manifest's files are relative to, as a rule the manifest's own; begins and ends with a slash.</param>
public sealed record ManifestOrigin(string Service, string Base);
