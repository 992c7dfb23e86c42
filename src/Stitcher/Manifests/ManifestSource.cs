using System.Collections.Immutable;
using Stitcher.Federation.Manifests;

namespace Stitcher.Manifests;

/// <summary>Where one service's manifest is, and which of its paths browsers may see.</summary>
/// <param name="Service">The service.</param>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Path">The manifest's path on it.</param>
/// <param name="Assets">The route patterns of what browsers may fetch, separated by blanks.</param>
internal sealed record ManifestSource(string Service, string Cluster, string Path, string Assets = "/assets/{**path}")
{
    /// <summary>Reads what the service published, in whichever format it is written.</summary>
    public ServiceManifest? Read(ReadOnlyMemory<byte> bytes, out ImmutableArray<ManifestProblem> problems)
    {
        var path = Path.Split('?', 2)[0];
        var format = ForeignManifest.Recognize(bytes) ?? ManifestFormat.Stitcher;
        return ForeignManifest.Read(format, bytes, new ManifestOrigin(Service, path[..(path.LastIndexOf('/') + 1)]), out problems);
    }
}
