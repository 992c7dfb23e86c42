using System.Collections.Frozen;
using System.Text;
using Stitcher.Federation.ImportMaps;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>What the services offer, as of one moment.</summary>
internal sealed class FederationSnapshot
{
    private FederationSnapshot(FrozenDictionary<string, ServiceManifest> manifests, ReadOnlyMemory<byte> importMap)
    {
        Manifests = manifests;
        ImportMap = importMap;
    }

    /// <summary>No service has a manifest: pages carry no import map.</summary>
    public static FederationSnapshot None { get; } = new(FrozenDictionary<string, ServiceManifest>.Empty, default);

    /// <summary>The last good manifest of each service that ever had one.</summary>
    public FrozenDictionary<string, ServiceManifest> Manifests { get; }

    /// <summary>The script element with the page's only import map, or nothing.</summary>
    public ReadOnlyMemory<byte> ImportMap { get; }

    /// <summary>A map is written as soon as a service has a manifest configured, even while it is still empty.</summary>
    public static FederationSnapshot Of(IReadOnlyDictionary<string, ServiceManifest> manifests)
    {
        var offers = manifests.Select(m => new ServiceOffer(m.Key, m.Value, $"/_s/{m.Key}{m.Value.Base}")).ToList();
        var map = offers.Count == 0 ? Federation.ImportMaps.ImportMap.Empty : SimpleNegotiation.Negotiate(offers);
        return new(manifests.ToFrozenDictionary(StringComparer.Ordinal), Script(map));
    }

    private static byte[] Script(ImportMap map) =>
        [.. "<script type=\"importmap\">"u8, .. map.ToUtf8Bytes(), .. "</script>"u8];
}
