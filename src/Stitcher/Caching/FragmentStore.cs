using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Stitcher.Configuration;

namespace Stitcher.Caching;

/// <summary>
/// The first level: compiled fragments in memory, within a bound of bytes and of entries. Ages are measured on the monotonic clock: a
/// clock that jumps neither empties it nor makes an entry immortal.
/// </summary>
/// <remarks>
/// Room is made before something comes in, by what was not used for longest, and an entry is replaced in place: there is no moment without
/// the last good copy. What a page cannot do without (its primary and required fragments) makes room only while it holds more than half of
/// the cache, so that neither kind can push the other one out.
/// </remarks>
internal sealed class FragmentStore(CacheOptions options, TimeProvider time)
{
    private const long LargestOfSmallCaches = 1024 * 1024;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, StoredFragment> _entries = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();
    private readonly EvictionOrder _order = new(options.Bytes);
    private readonly PurgeLog _purges = new(time);
    private long _lastSweep = time.GetTimestamp();
    private long _evicted;

    public CacheOptions Options => options;

    /// <summary>The bytes that all entries are held to take.</summary>
    public long Bytes => _order.Bytes;

    public int Count => _entries.Count;

    /// <summary>How many entries made room for others.</summary>
    public long Evicted => Volatile.Read(ref _evicted);

    /// <summary>The number of the last purge: what is asked for from now on comes after it.</summary>
    public long Generation => _purges.Number;

    /// <summary>
    /// The most an entry may take: a 256th of the cache, so that none pushes out many; in small caches an eighth, up to 1 MB, so that an
    /// ordinary fragment has a place.
    /// </summary>
    public long LargestEntry => Math.Max(options.Bytes / 256, Math.Min(options.Bytes / 8, LargestOfSmallCaches));

    // The last tenth is for what is under way: counted bytes are not all that a process takes.
    private long Room => options.Bytes / 10 * 9;

    public long Now => time.GetTimestamp();

    /// <summary>A span in the clock's ticks.</summary>
    public long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>The timestamp up to which something that is fresh for so long from now is fresh.</summary>
    public long FreshUntil(TimeSpan freshness) => Now + Ticks(freshness);

    /// <returns>Whether there is a fresh fragment. Otherwise <paramref name="fragment"/> is the stale one, when there is one.</returns>
    public bool TryGetFresh(string key, [NotNullWhen(true)] out CachedFragment? fragment)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            fragment = null;
            return false;
        }

        // Written only when it changes: what many read at once stays in every processor's cache.
        if (!entry.WasUsed)
        {
            entry.WasUsed = true;
        }

        fragment = entry.Fragment;
        return time.GetTimestamp() < fragment.FreshUntil;
    }

    /// <returns>What is remembered, however old.</returns>
    public CachedFragment? Find(string key)
    {
        _ = TryGetFresh(key, out var fragment);
        return fragment;
    }

    /// <summary>Remembers a fragment in the place of what was remembered before.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="fragment">The fragment.</param>
    /// <param name="generation">The <see cref="Generation"/> when it was asked for.</param>
    /// <returns>Null when it is remembered, otherwise a word that says why not.</returns>
    public string? Store(string key, CachedFragment fragment, long generation)
    {
        lock (_writing)
        {
            // Here, and not before the lock: a purge takes its number before it waits for this lock to remove.
            if (_purges.Covers(generation, key, fragment.Labels, fragment.Tags))
            {
                return "purged";
            }

            var old = _entries.GetValueOrDefault(key);
            if (old?.Fragment.AskedAt > fragment.AskedAt)
            {
                return "overtaken";
            }

            var entry = new StoredFragment(key, old is { Fragment.IsVital: true } ? fragment with { IsVital = true } : fragment);
            if (entry.Cost > LargestEntry)
            {
                return "too-large";
            }

            Sweep();
            MakeRoom(entry.Cost - (old?.Cost ?? 0), old is null ? 1 : 0, old);
            Replace(old, entry);
            return null;
        }
    }

    /// <summary>Forgets one entry.</summary>
    public void Remove(string key)
    {
        // Most of what may not be remembered never was, and need not wait for those who write.
        if (!_entries.ContainsKey(key))
        {
            return;
        }

        lock (_writing)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                Drop(entry);
            }
        }
    }

    /// <summary>Forgets what belongs to somebody who has left; what is under way for them is not remembered.</summary>
    /// <returns>How many entries that were.</returns>
    public int RemovePartition(string partition) => Purge(PurgeScope.OfPartition(partition), soft: false);

    /// <summary>Whether something that was asked for under a generation has been purged since, or may have been: its tags are not known yet.</summary>
    public bool MayBePurged(long generation, string key, FragmentLabels labels) => _purges.MayCover(generation, key, labels);

    /// <summary>Whether something has been purged since it was asked for under a generation.</summary>
    public bool IsPurged(long generation, string key, CachedFragment fragment) => _purges.Covers(generation, key, fragment.Labels, fragment.Tags);

    /// <summary>Removes what a scope means, or makes it stale. What was asked for before is not remembered when it comes.</summary>
    /// <returns>How many entries it met.</returns>
    public int Purge(PurgeScope scope, bool soft)
    {
        _purges.Add(scope);
        lock (_writing)
        {
            var met = 0;
            foreach (var entry in EntriesOf(scope))
            {
                met++;
                if (soft)
                {
                    Replace(entry, new StoredFragment(entry.Key, entry.Fragment with { FreshUntil = Math.Min(entry.Fragment.FreshUntil, Now) }));
                }
                else
                {
                    Drop(entry);
                }
            }

            return met;
        }
    }

    private IEnumerable<StoredFragment> EntriesOf(PurgeScope scope) => scope.Key is not { } key
        ? _entries.Values.Where(entry => scope.Covers(entry.Key, entry.Fragment.Labels, entry.Fragment.Tags))
        : _entries.TryGetValue(key, out var only) && scope.Covers(key, only.Fragment.Labels, only.Fragment.Tags) ? [only] : [];

    private void MakeRoom(long bytes, int entries, StoredFragment? except)
    {
        while ((_order.Bytes + bytes > Room || _order.Count + entries > options.Entries) && _order.Next(except) is { } victim)
        {
            Drop(victim);
            Interlocked.Increment(ref _evicted);
        }
    }

    // What nobody may be shown any more goes first, and all of it at once: looking for it one by one would cost every newcomer the whole table.
    private void Sweep()
    {
        var now = Now;
        if (time.GetElapsedTime(_lastSweep, now) < BetweenSweeps)
        {
            return;
        }

        _lastSweep = now;
        foreach (var entry in _entries.Values.Where(entry => entry.Fragment.UsefulUntil <= now))
        {
            Drop(entry);
        }
    }

    private void Replace(StoredFragment? old, StoredFragment entry)
    {
        _entries[entry.Key] = entry;
        if (old is not null)
        {
            _order.Remove(old);
        }

        _order.Add(entry);
    }

    private void Drop(StoredFragment entry)
    {
        _entries.TryRemove(KeyValuePair.Create(entry.Key, entry));
        _order.Remove(entry);
    }
}
