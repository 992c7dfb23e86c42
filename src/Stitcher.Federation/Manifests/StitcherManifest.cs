using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Reads and writes the manifest that a service publishes.</summary>
public static class StitcherManifest
{
    /// <summary>Where a service publishes its manifest.</summary>
    public const string WellKnownPath = "/.well-known/stitcher.json";

    /// <summary>The folder of the modules of a service that names none.</summary>
    public const string DefaultBase = "/assets/";

    /// <summary>The only version of the format.</summary>
    public const int Schema = 1;

    /// <summary>The largest manifest that is read, in bytes: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>How deep a manifest may nest.</summary>
    public const int MaxDepth = 32;

    /// <summary>How many entries all lists and maps of a manifest may have together.</summary>
    public const int MaxEntries = 10_000;

    /// <summary>Reads a manifest that nobody vouches for.</summary>
    /// <remarks>
    /// Parts the format does not know are overlooked. A part that could reach outside the service (a path that leaves the base,
    /// a specifier that is an address) is left out and reported; the rest of the manifest stays.
    /// </remarks>
    /// <param name="utf8">The manifest as it came over the wire.</param>
    /// <param name="problems">What was refused, in the order of the manifest; empty when nothing was.</param>
    /// <returns>The manifest without its refused parts, or null when nothing of it can be used. Never throws for content.</returns>
    public static ServiceManifest? Read(ReadOnlyMemory<byte> utf8, out ImmutableArray<ManifestProblem> problems) =>
        ManifestReader.Read(utf8, out problems);

    /// <summary>Writes a manifest as UTF-8 JSON. What has its default value is left out.</summary>
    public static void Write(ServiceManifest manifest, IBufferWriter<byte> output, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(output);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = indented });
        ManifestWriter.Write(manifest, json);
    }

    /// <summary>The bytes that <see cref="Write"/> writes.</summary>
    public static byte[] ToUtf8Bytes(ServiceManifest manifest, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(manifest, buffer, indented);
        return buffer.WrittenSpan.ToArray();
    }
}
