using System.Collections.Frozen;
using System.Security.Cryptography;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>What the services offer, as of one moment.</summary>
internal sealed class FederationSnapshot
{
    private FederationSnapshot(FrozenDictionary<string, ServiceManifest> manifests, ReadOnlyMemory<byte> importMap, string? policySource)
    {
        Manifests = manifests;
        ImportMap = importMap;
        PolicySource = policySource;
    }

    /// <summary>No service has a manifest: pages carry no import map.</summary>
    public static FederationSnapshot None { get; } = new(FrozenDictionary<string, ServiceManifest>.Empty, default, null);

    /// <summary>The last good manifest of each service that ever had one.</summary>
    public FrozenDictionary<string, ServiceManifest> Manifests { get; }

    /// <summary>The script element with the page's only import map, or nothing.</summary>
    public ReadOnlyMemory<byte> ImportMap { get; }

    /// <summary>What a Content-Security-Policy allows the map by; null without a map.</summary>
    public string? PolicySource { get; }

    /// <summary>A map is written as soon as a service has a manifest configured, even while it is still empty.</summary>
    public static FederationSnapshot Of(IReadOnlyDictionary<string, ServiceManifest> manifests)
    {
        var services = manifests.Select(static m => new PortfolioService(m.Key, m.Value, $"/_s/{m.Key}{m.Value.Base}"));
        var map = Negotiator.Negotiate(new Portfolio { Services = [.. services] }).Map;
        var json = map.ToUtf8Bytes();
        return new(
            manifests.ToFrozenDictionary(StringComparer.Ordinal),
            (byte[])[.. "<script type=\"importmap\">"u8, .. json, .. "</script>"u8],
            $"'sha256-{Convert.ToBase64String(SHA256.HashData(json))}'");
    }
}
