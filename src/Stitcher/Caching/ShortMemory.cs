using System.Collections.Concurrent;

namespace Stitcher.Caching;

/// <summary>Remembers a little of many keys for a short time. When there are too many it remembers no more of them: forgetting costs a question, no more.</summary>
/// <typeparam name="T">What is remembered.</typeparam>
internal sealed class ShortMemory<T>(TimeProvider time)
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, (T Value, long Until)> _entries = new(StringComparer.Ordinal);
    private long _sweepAfter;

    public void Remember(string key, T value, TimeSpan span)
    {
        var now = time.GetTimestamp();
        if (_entries.Count >= Most)
        {
            Sweep(now);
        }

        if (span > TimeSpan.Zero && _entries.Count < Most)
        {
            _entries[key] = (value, now + (long)(span.TotalSeconds * time.TimestampFrequency));
        }
    }

    public bool TryRecall(string key, out T value)
    {
        if (_entries.IsEmpty || !_entries.TryGetValue(key, out var entry))
        {
            value = default!;
            return false;
        }

        value = entry.Value;
        if (time.GetTimestamp() < entry.Until)
        {
            return true;
        }

        _entries.TryRemove(KeyValuePair.Create(key, entry));
        return false;
    }

    public void Forget(string key) => _entries.TryRemove(key, out _);

    // At most once in a while: a table that is full of what still counts would be walked by everybody who comes.
    private void Sweep(long now)
    {
        var after = Volatile.Read(ref _sweepAfter);
        if (now < after || Interlocked.CompareExchange(ref _sweepAfter, now + time.TimestampFrequency, after) != after)
        {
            return;
        }

        foreach (var entry in _entries)
        {
            if (entry.Value.Until <= now)
            {
                _entries.TryRemove(entry);
            }
        }
    }
}
