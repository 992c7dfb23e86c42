using System.Collections.Concurrent;
using System.IO.Hashing;

namespace Stitcher.Parsing;

/// <summary>
/// Remembers what bytes compiled to. A fragment that may not be cached is seldom new: the same bytes for the same place
/// are compiled once. Bounded by two generations: when one is full it becomes the old one, and the one before it is forgotten.
/// </summary>
internal sealed class MarkupMemo(long capacity = 32 * 1024 * 1024)
{
    private readonly record struct Key(UInt128 Hash, string Scope);

    private sealed record Entry(ReadOnlyMemory<byte> Bytes, MarkupResult Result);

    // Hashes of bodies that were not found lately, each at the place its own bits name: 32 KB that say "not new" before it is worth more.
    private readonly long[] _missed = new long[4096];

    private readonly long _perGeneration = capacity / 2;
    private readonly Lock _turning = new();
    private ConcurrentDictionary<Key, Entry> _young = new();
    private ConcurrentDictionary<Key, Entry> _old = new();
    private long _youngBytes;

    /// <param name="bytes">The body.</param>
    /// <param name="scope">Everything else the result depends on: service, trust, place.</param>
    /// <param name="result">What the same bytes compiled to before.</param>
    public bool TryGet(ReadOnlySpan<byte> bytes, string scope, out MarkupResult result) => TryGet(bytes, scope, out result, out _);

    /// <param name="bytes">The body.</param>
    /// <param name="scope">Everything else the result depends on: service, trust, place.</param>
    /// <param name="result">What the same bytes compiled to before.</param>
    /// <param name="comesBack">The bytes were asked for before, not long ago: they are worth remembering.</param>
    public bool TryGet(ReadOnlySpan<byte> bytes, string scope, out MarkupResult result, out bool comesBack)
    {
        comesBack = true;
        var key = new Key(XxHash128.HashToUInt128(bytes), scope);
        if (_young.TryGetValue(key, out var entry) || (_old.TryGetValue(key, out entry) && Keep(key, entry)))
        {
            // The hash is not made to resist an attacker, so the bytes are compared.
            if (entry.Bytes.Span.SequenceEqual(bytes))
            {
                result = entry.Result;
                return true;
            }
        }

        ref var missed = ref _missed[(int)(ulong)(key.Hash >> 64) & (_missed.Length - 1)];
        var sign = (long)(ulong)key.Hash;
        comesBack = Interlocked.Exchange(ref missed, sign) == sign;
        result = default;
        return false;
    }

    public void Remember(ReadOnlySpan<byte> bytes, string scope, MarkupResult result)
    {
        // Kept, a refusal for a slow moment would keep the slot empty until its service sends other bytes.
        if (!result.Lasts)
        {
            return;
        }

        // A fragment shown as sent is its own key: the bytes are held once.
        var literal = result.Markup is { Pieces: [{ Kind: MarkupPieceKind.Literal } piece] } ? piece.Bytes : default;
        var copy = literal.Span.SequenceEqual(bytes) ? literal : bytes.ToArray();
        Keep(new Key(XxHash128.HashToUInt128(bytes), scope), new Entry(copy, result));
    }

    private bool Keep(Key key, Entry entry)
    {
        _young[key] = entry;
        if (Interlocked.Add(ref _youngBytes, entry.Bytes.Length + (entry.Result.Markup?.Cost ?? 256)) > _perGeneration)
        {
            lock (_turning)
            {
                if (Volatile.Read(ref _youngBytes) > _perGeneration)
                {
                    _old = _young;
                    _young = new();
                    Interlocked.Exchange(ref _youngBytes, 0);
                }
            }
        }

        return true;
    }
}
