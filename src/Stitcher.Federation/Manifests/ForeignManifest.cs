using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Reads manifests of any known format as if the service had published our own.</summary>
public static class ForeignManifest
{
    /// <summary>Reads a manifest that nobody vouches for.</summary>
    /// <remarks>The limits of <see cref="StitcherManifest"/> hold for every format. What could reach outside the service is left out and reported.</remarks>
    /// <param name="format">How it is written.</param>
    /// <param name="utf8">The manifest as it came over the wire.</param>
    /// <param name="origin">Whose it is, and where it was found. Our own format says so itself.</param>
    /// <param name="problems">What was refused; empty when nothing was.</param>
    /// <returns>The manifest without its refused parts, or null when nothing of it can be used. Never throws for content.</returns>
    /// <exception cref="ArgumentException">The origin is no name and no folder.</exception>
    public static ServiceManifest? Read(
        ManifestFormat format, ReadOnlyMemory<byte> utf8, ManifestOrigin origin, out ImmutableArray<ManifestProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (!ManifestRules.IsServiceName(origin.Service) || !ManifestRules.IsBase(origin.Base))
        {
            throw new ArgumentException(
                $"'{origin.Service}' must be a service's name, and '{origin.Base}' a folder such as /assets/.", nameof(origin));
        }

        // None of the formats names its deployment reliably; equal bytes are an equal deployment.
        var bytes = Convert.ToHexStringLower(SHA256.HashData(utf8.Span).AsSpan(0, 12));
        return format switch
        {
            ManifestFormat.Stitcher => StitcherManifest.Read(utf8, out problems),
            ManifestFormat.NativeFederation => ManifestDocument.Read(utf8, out problems, (root, parts) =>
                new NativeFederationReader(parts, Empty(bytes)).Read(root)),
            ManifestFormat.ModuleFederation => ManifestDocument.Read(utf8, out problems, (root, parts) =>
                new ModuleFederationReader(parts, Empty(bytes)).Read(root)),
            ManifestFormat.Podium => ManifestDocument.Read(utf8, out problems, (root, parts) => new PodiumReader(parts, Empty(bytes)).Read(root)),
            ManifestFormat.ImportMap => ManifestDocument.Read(utf8, out problems, (root, parts) => new PlainMapReader(parts, Empty(bytes)).Read(root)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format of manifests."),
        };

        ServiceManifest Empty(string revision) => new() { Name = origin.Service, Revision = revision, Base = origin.Base };
    }

    /// <summary>Looks at what a manifest says to tell how it is written.</summary>
    /// <returns>The format, or null when it looks like none of them, or cannot be read.</returns>
    public static ManifestFormat? Recognize(ReadOnlyMemory<byte> utf8)
    {
        ManifestFormat? format = null;
        ManifestDocument.Read(utf8, out var _, (root, unused) =>
        {
            format = root.TryGetProperty("schema", out _) ? ManifestFormat.Stitcher
                : root.TryGetProperty("metaData", out _) ? ManifestFormat.ModuleFederation
                : root.TryGetProperty("content", out _) ? ManifestFormat.Podium
                : root.TryGetProperty("imports", out _) || root.TryGetProperty("scopes", out _) ? ManifestFormat.ImportMap
                : IsList(root, "shared") || IsList(root, "exposes") ? ManifestFormat.NativeFederation
                : null;
            return null;
        });
        return format;

        static bool IsList(JsonElement root, string name) => root.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Array;
    }
}
