using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;

namespace Stitcher.Manifests;

/// <summary>
/// The files of published revisions, so that pages made with one keep working while it is replaced, or while its service is down. In
/// memory within a bound; those with a hash also in a folder, where the hash says whether they are still what they were.
/// </summary>
/// <param name="capacity">The most bytes in memory.</param>
/// <param name="folder">The folder; null for none.</param>
/// <param name="logger">Told of a folder that takes nothing.</param>
internal sealed class KeptAssets(long capacity, string? folder, ILogger<KeptAssets>? logger = null)
{
    /// <summary>The largest file that is kept, in bytes.</summary>
    public const int LargestFile = 4 * 1024 * 1024;

    private readonly string? _folder = folder is null ? null : Path.Combine(folder, "files");
    private readonly ConcurrentDictionary<string, KeptAsset> _kept = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();
    private HashSet<string> _current = [];
    private long _size;

    public KeptAsset? Find(KnownRevision revision, NamedFile file) => _kept.GetValueOrDefault(IdOf(revision, file));

    /// <summary>Whether the bytes are what the manifest says; without a hash nobody can tell.</summary>
    public static bool Matches(NamedFile file, ReadOnlySpan<byte> bytes) => file.Integrity is not { } integrity || integrity == HashOf(integrity, bytes);

    /// <summary>Keeps a file, if need be in place of those of replaced revisions.</summary>
    public async Task<KeptAsset?> KeepAsync(KnownRevision revision, NamedFile file, byte[] bytes)
    {
        if (Add(IdOf(revision, file), new KeptAsset(bytes)) is not { } asset)
        {
            return null;
        }

        if (_folder is not null && file.Integrity is { } integrity)
        {
            await RememberAsync(PathOf(integrity), bytes);
        }

        return asset;
    }

    /// <summary>Takes from the folder what is there of a revision, and still what it was.</summary>
    public void Restore(KnownRevision revision)
    {
        foreach (var file in _folder is null ? [] : revision.Files.Values.Where(f => f.Integrity is not null && Find(revision, f) is null))
        {
            var found = new FileInfo(PathOf(file.Integrity!));
            if (found is { Exists: true, Length: <= LargestFile } && AtomicFile.TryRead(found.FullName) is { } bytes && Matches(file, bytes))
            {
                Add(IdOf(revision, file), new KeptAsset(bytes));
            }
        }
    }

    /// <summary>Forgets what no revision names any more.</summary>
    public void Retain(IReadOnlyCollection<KnownRevision> revisions)
    {
        var named = revisions.SelectMany(static r => r.Files.Values, IdOf).ToHashSet(StringComparer.Ordinal);
        lock (_changing)
        {
            _current = revisions.Where(static r => r.Replaced is null).SelectMany(static r => r.Files.Values, IdOf).ToHashSet(StringComparer.Ordinal);
            foreach (var id in _kept.Keys.Where(id => !named.Contains(id)).ToList())
            {
                Remove(id);
            }
        }

        if (_folder is not null && Directory.Exists(_folder))
        {
            var paths = revisions.SelectMany(static r => r.Files.Values).Select(static f => f.Integrity).OfType<string>().Select(PathOf).ToHashSet(StringComparer.Ordinal);
            foreach (var path in Directory.EnumerateFiles(_folder).Where(path => !paths.Contains(path)))
            {
                AtomicFile.TryDelete(path);
            }
        }
    }

    // A disk that is full takes no file away from those who want it now.
    private async Task RememberAsync(string path, byte[] bytes)
    {
        try
        {
            Directory.CreateDirectory(_folder!);
            await AtomicFile.WriteAsync(path, bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger?.StateUnusable(Path.GetFileName(path), "cannot be written: " + exception.Message);
        }
    }

    // Null when there is no room. Two may have fetched the same file: the second one finds the first one's.
    private KeptAsset? Add(string id, KeptAsset asset)
    {
        lock (_changing)
        {
            if (_kept.TryGetValue(id, out var kept))
            {
                return kept;
            }

            foreach (var other in _size + asset.Size > capacity ? _kept.Keys.Where(other => !_current.Contains(other)) : [])
            {
                Remove(other);
            }

            if (_size + asset.Size > capacity)
            {
                return null;
            }

            _kept[id] = asset;
            _size += asset.Size;
            return asset;
        }
    }

    private void Remove(string id)
    {
        if (_kept.TryRemove(id, out var asset))
        {
            _size -= asset.Size;
        }
    }

    // Equal bytes of several revisions are held once.
    private static string IdOf(KnownRevision revision, NamedFile file) => file.Integrity is { } hash ? hash + " " + file.Kind.ContentType : revision.BaseUrl + file.Path;

    private string PathOf(string integrity) => Path.Combine(_folder!, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(integrity))));

    private static string? HashOf(string like, ReadOnlySpan<byte> bytes) => like.AsSpan(0, 7) switch
    {
        "sha256-" => "sha256-" + Convert.ToBase64String(SHA256.HashData(bytes)),
        "sha384-" => "sha384-" + Convert.ToBase64String(SHA384.HashData(bytes)),
        "sha512-" => "sha512-" + Convert.ToBase64String(SHA512.HashData(bytes)),
        _ => null,
    };
}
