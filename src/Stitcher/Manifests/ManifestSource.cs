namespace Stitcher.Manifests;

/// <summary>Where one service's manifest is.</summary>
internal sealed record ManifestSource(string Service, string Cluster, string Path);
