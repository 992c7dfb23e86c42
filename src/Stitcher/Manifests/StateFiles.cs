using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;

namespace Stitcher.Manifests;

/// <summary>
/// What is known of services, in a folder: a gateway that starts while a service is down knows what the last one knew. Nothing in the
/// folder is believed: a checksum finds what was cut or changed by accident, and every manifest is admitted as if the service had sent it.
/// </summary>
internal sealed class StateFiles(string? folder, TimeProvider time, ILogger<StateFiles> logger) : IDisposable
{
    private const string Mark = "stitcher-state-1 ";
    private const int HashLength = 64;
    private const long LargestFile = 32 * 1024 * 1024;

    // No service's file: those end in .state.
    private const string ChangesFile = "federation.changes";

    // Being seen again is no news; to know it to the minute is enough.
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (string Revisions, DateTimeOffset LastSeen)> _written = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private ImmutableArray<FederationChange> _told = [];

    private sealed record Stored(DateTimeOffset LastSeen, ImmutableArray<StoredRevision> Revisions);

    private sealed record StoredRevision(DateTimeOffset Seen, DateTimeOffset? Replaced, byte[] Manifest);

    /// <summary>Writes what is known of a service, when there is anything new.</summary>
    public async Task SaveAsync(KnownService service)
    {
        if (folder is null || service.Current.Bytes.IsEmpty)
        {
            return;
        }

        await WriteAsync(service.Name, async () =>
        {
            var revisions = string.Join('\n', service.Revisions.Select(r => $"{r.Manifest.Revision} {r.Replaced:O} {r.Bytes.Length} {Convert.ToHexStringLower(SHA256.HashData(r.Bytes.Span))}"));
            var (before, seen) = _written.GetValueOrDefault(service.Name);
            if (revisions == before && service.LastSeen - seen < BetweenWrites)
            {
                return;
            }

            var stored = new Stored(service.LastSeen, [.. service.Revisions.Select(r => new StoredRevision(r.Seen, r.Replaced, r.Bytes.ToArray()))]);
            await AtomicFile.WriteAsync(PathOf(service.Name), Marked(JsonSerializer.SerializeToUtf8Bytes(stored)));
            _written[service.Name] = (revisions, service.LastSeen);
        });
    }

    /// <summary>Writes what changed lately, when there is anything new.</summary>
    public Task SaveAsync(ImmutableArray<FederationChange> changes) => folder is null || changes.IsEmpty || changes == _told ? Task.CompletedTask : WriteAsync(ChangesFile, async () =>
    {
        await AtomicFile.WriteAsync(Path.Combine(folder, ChangesFile), Marked(JsonSerializer.SerializeToUtf8Bytes(changes)));
        _told = changes;
    });

    /// <summary>What an earlier gateway told of changes, the last one first; empty when nothing can be used of it.</summary>
    public ImmutableArray<FederationChange> LoadChanges()
    {
        if (folder is null || new FileInfo(Path.Combine(folder, ChangesFile)) is not { Exists: true, Length: <= LargestFile } file)
        {
            return [];
        }

        try
        {
            if (AtomicFile.TryRead(file.FullName) is { } bytes && Unmarked(bytes) is { } json)
            {
                var changes = JsonSerializer.Deserialize<ImmutableArray<FederationChange>>(json.Span);
                return [.. changes.Where(static change => change is { Items.IsDefault: false } && change.Items.All(static item => item is { Kind: not null, Subject: not null, Says: not null }))];
            }
        }
        catch (JsonException)
        {
            // As with a wrong checksum.
        }

        logger.StateUnusable(ChangesFile, "is not what was written");
        return [];
    }

    /// <summary>What an earlier gateway knew of a service; null when nothing can be used of it.</summary>
    public KnownService? Load(ManifestSource source)
    {
        var file = folder is null ? null : new FileInfo(PathOf(source.Service));
        if (file is not { Exists: true })
        {
            return null;
        }

        var problem = "is larger than what is read";
        if (file.Length <= LargestFile && AtomicFile.TryRead(file.FullName) is { } bytes && Read(source, bytes, out problem) is { } known)
        {
            return known;
        }

        logger.StateUnusable(source.Service, problem);
        return null;
    }

    public void Dispose() => _writing.Dispose();

    private string PathOf(string service) => Path.Combine(folder!, service + ".state");

    private async Task WriteAsync(string name, Func<Task> write)
    {
        await _writing.WaitAsync();
        try
        {
            Directory.CreateDirectory(folder!);
            await write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.StateUnusable(name, "cannot be written: " + exception.Message);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static byte[] Marked(byte[] json) => [.. System.Text.Encoding.ASCII.GetBytes($"{Mark}{Convert.ToHexStringLower(SHA256.HashData(json))}\n"), .. json];

    /// <returns>Null for what is not as it was written.</returns>
    private static ReadOnlyMemory<byte>? Unmarked(byte[] bytes)
    {
        var start = Mark.Length + HashLength + 1;
        return bytes.Length >= start && bytes.AsSpan().StartsWith(System.Text.Encoding.ASCII.GetBytes(Mark + Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(start)))))
            ? bytes.AsMemory(start)
            : null;
    }

    private KnownService? Read(ManifestSource source, byte[] bytes, out string problem)
    {
        problem = "is not what was written";
        if (Unmarked(bytes) is not { } json)
        {
            return null;
        }

        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(json.Span);
            var revisions = stored is { Revisions.IsDefaultOrEmpty: false } ? stored.Revisions.Select(r => Admit(source, r)).OfType<KnownRevision>().ToList() : [];
            if (revisions is [{ Replaced: null }, ..])
            {
                return new KnownService(revisions[0], Past(stored!.LastSeen))
                {
                    Retained = [.. revisions.Skip(1).Where(r => r.Replaced is not null && r.Manifest.Revision != revisions[0].Manifest.Revision).DistinctBy(r => r.Manifest.Revision)],
                };
            }

            problem = "has no manifest that can be used";
        }
        catch (JsonException)
        {
            // Told by the caller, like any other content that is of no use.
        }

        return null;
    }

    private KnownRevision? Admit(ManifestSource source, StoredRevision stored)
    {
        var manifest = stored?.Manifest is { } bytes ? source.Read(bytes, out _) : null;
        return manifest is null ? null
            : stored!.Replaced is { } replaced ? new KnownRevision(source.Service, manifest, stored.Manifest, Past(stored.Seen)).ReplacedAt(Past(replaced))
            : new KnownRevision(source.Service, manifest, stored.Manifest, Past(stored.Seen));
    }

    // A clock that was wrong must not keep anything for ever.
    private DateTimeOffset Past(DateTimeOffset moment) => moment < time.GetUtcNow() ? moment : time.GetUtcNow();
}
