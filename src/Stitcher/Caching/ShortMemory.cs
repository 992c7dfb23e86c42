using System.Collections.Concurrent;

namespace Stitcher.Caching;

/// <summary>Remembers a little of many keys for a short time. When there are too many it remembers no more of them: forgetting costs a question, no more.</summary>
/// <typeparam name="T">What is remembered.</typeparam>
internal sealed class ShortMemory<T>(TimeProvider time)
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, (T Value, long Until)> _entries = new(StringComparer.Ordinal);

    // Never less than there are. The table's own count, and whether it is empty, are asked for under all of its locks, which every question would wait for.
    private int _count;
    private long _sweepAfter;

    public void Remember(string key, T value, TimeSpan span)
    {
        var now = time.GetTimestamp();
        if (Volatile.Read(ref _count) >= Most)
        {
            Sweep(now);
        }

        if (span > TimeSpan.Zero && Volatile.Read(ref _count) < Most)
        {
            Put(key, (value, now + (long)(span.TotalSeconds * time.TimestampFrequency)));
        }
    }

    public bool TryRecall(string key, out T value)
    {
        if (Volatile.Read(ref _count) == 0 || !_entries.TryGetValue(key, out var entry))
        {
            value = default!;
            return false;
        }

        value = entry.Value;
        if (time.GetTimestamp() < entry.Until)
        {
            return true;
        }

        Remove(KeyValuePair.Create(key, entry));
        return false;
    }

    public void Forget(string key)
    {
        if (Volatile.Read(ref _count) != 0 && _entries.TryRemove(key, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private void Put(string key, (T Value, long Until) entry)
    {
        while (true)
        {
            if (_entries.TryGetValue(key, out var before))
            {
                if (_entries.TryUpdate(key, entry, before))
                {
                    return;
                }

                continue;
            }

            Interlocked.Increment(ref _count);
            if (_entries.TryAdd(key, entry))
            {
                return;
            }

            Interlocked.Decrement(ref _count);
        }
    }

    private void Remove(KeyValuePair<string, (T Value, long Until)> entry)
    {
        if (_entries.TryRemove(entry))
        {
            Interlocked.Decrement(ref _count);
        }
    }

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
                Remove(entry);
            }
        }
    }
}
