using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Negotiation;

/// <summary>A portfolio written down as JSON, for tools and tests: services with what they expose and share, and a config.</summary>
/// <remarks>
/// <c>services[]</c>: <c>name</c>, <c>rev</c> (default <c>r1</c>), <c>base</c> (default <c>/s/name/rev/</c>), <c>host</c>, <c>retained</c>,
/// <c>state</c> (<c>fresh</c>, <c>stale</c>, <c>expired</c>), <c>assets</c> (<c>up</c>, <c>down</c>), <c>trust</c>, <c>exposes</c> {key: file},
/// <c>consumes</c> as in a manifest, <c>shared</c> {package: row}, <c>internal</c> {specifier: file}, <c>integrity</c> {file: hash},
/// <c>imports</c> {file: [specifier]}, <c>bytes</c> {file: length}, <c>events</c> as in a manifest. <c>config</c>: <c>strategy</c>, <c>previous</c>, <c>overrides</c>, <c>providerRules</c>,
/// <c>singletonConflict</c>, <c>softLimit</c>, <c>hostPrecedence</c>, <c>autoFamily</c>, <c>stubBase</c>.
/// </remarks>
public sealed record PortfolioFile
{
    /// <summary>The largest file that is read, in bytes: 32 MiB, some hundred manifests.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <value>The portfolio without what was refused.</value>
    public required Portfolio Portfolio { get; init; }

    /// <value>What was refused, service by service.</value>
    public required ImmutableArray<FederationDiagnostic> Refused { get; init; }

    /// <value>Every specifier a service declares, also the refused ones, by the service's name and revision.</value>
    public required ImmutableSortedDictionary<string, ImmutableArray<string>> Declared { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="problem">Why it cannot be read, with the place; null when it can.</param>
    /// <returns>What stands in it; null when it cannot be read. Never throws for content.</returns>
    public static PortfolioFile? Read(ReadOnlyMemory<byte> utf8, out string? problem) => PortfolioReader.Read(utf8, out problem);

    /// <summary>Writes a portfolio as a file that <see cref="Read"/> understands, and whose negotiation comes to the same.</summary>
    /// <param name="portfolio">What is written.</param>
    /// <param name="output">Where it is written, as UTF-8.</param>
    public static void Write(Portfolio portfolio, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(output);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        new PortfolioWriter(json).Write(portfolio);
    }
}
