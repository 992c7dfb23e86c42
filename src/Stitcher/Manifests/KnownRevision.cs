using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Stitcher.Federation.Manifests;
using Stitcher.Parsing;

namespace Stitcher.Manifests;

/// <summary>One deployment of a service that the gateway has seen, and where browsers find its files.</summary>
internal sealed class KnownRevision
{
    private const int LongestWord = 64;

    /// <param name="service">The service's name in the gateway.</param>
    /// <param name="manifest">What it published.</param>
    /// <param name="bytes">The manifest as it came; empty when there is none to remember.</param>
    /// <param name="seen">When it was seen first.</param>
    public KnownRevision(string service, ServiceManifest manifest, ReadOnlyMemory<byte> bytes, DateTimeOffset seen)
    {
        Service = service;
        Manifest = manifest;
        Bytes = bytes;
        Seen = seen;
        Word = WordOf(manifest.Revision);
        BaseUrl = BaseUrlOf(service, Word);
        Files = NamedFile.Of(manifest);
        Named = new NamedFiles(manifest.Base, BaseUrl, [.. Files.Keys]);
    }

    public string Service { get; }

    public ServiceManifest Manifest { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public DateTimeOffset Seen { get; }

    /// <summary>When another one took its place; null for the current one.</summary>
    public DateTimeOffset? Replaced { get; private init; }

    /// <summary>Its name in addresses.</summary>
    public string Word { get; }

    /// <summary>What stands before the files below the manifest's base: <c>/_s/products/~r1/</c>.</summary>
    public string BaseUrl { get; }

    /// <summary>The files that the manifest names, by their path below its base.</summary>
    public FrozenDictionary<string, NamedFile> Files { get; }

    /// <summary>The same, for rewriting addresses.</summary>
    public NamedFiles Named { get; }

    public KnownRevision ReplacedAt(DateTimeOffset time) => new(Service, Manifest, Bytes, Seen) { Replaced = time };

    public static string BaseUrlOf(string service, string word) => $"/_s/{service}/~{word}/";

    // A revision is any text; in an address it must be one plain segment.
    public static string WordOf(string revision) =>
        revision.Length <= LongestWord && revision.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? revision
            : "x-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(revision)).AsSpan(0, 16));
}
