using System.Collections.Immutable;

namespace Stitcher.Federation.Manifests;

/// <summary>Compares what a service shows with what it showed before.</summary>
public static class ManifestHistory
{
    /// <summary>Looks for files whose bytes changed while the revision did not: somebody replaced code behind an address that is kept for ever.</summary>
    /// <param name="known">What the service showed first under this revision.</param>
    /// <param name="seen">What it shows now.</param>
    /// <returns>One problem for each such file, in their order; empty for another revision. With any, <paramref name="seen"/> is not to be taken.</returns>
    public static ImmutableArray<ManifestProblem> ChangedBytes(ServiceManifest known, ServiceManifest seen)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(seen);
        if (known.Revision != seen.Revision)
        {
            return [];
        }

        return
        [
            .. known.Modules
                .Where(pair => pair.Value.Integrity is { } hash
                    && seen.Modules.TryGetValue(pair.Key, out var file)
                    && file.Integrity is { } other
                    && other != hash)
                .Select(pair => new ManifestProblem(
                    FederationCodes.BytesChanged,
                    $"modules[\"{ManifestParts.Short(pair.Key)}\"].integrity",
                    $"The file has other bytes than before, and the revision is still '{ManifestParts.Short(seen.Revision)}'; give every deployment its own.")),
        ];
    }
}
