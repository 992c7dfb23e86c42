using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Stitcher.Configuration;

namespace Stitcher.Caching;

/// <summary>
/// Remembers compiled fragments in memory. Ages are measured on the monotonic clock: a clock that jumps neither empties the cache
/// nor makes an entry immortal.
/// </summary>
internal sealed class FragmentCache : IDisposable
{
    private readonly MemoryCache _entries;
    private readonly TimeProvider _time;
    private readonly CacheOptions _options;

    public FragmentCache(CacheOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _entries = new MemoryCache(Options.Create(new MemoryCacheOptions { SizeLimit = options.Bytes }));
    }

    /// <summary>The longest time an answer counts as fresh.</summary>
    public TimeSpan LongestFreshness => _options.LongestFreshness;

    public bool TryGetFresh(string key, [NotNullWhen(true)] out CachedFragment? fragment)
    {
        if (_entries.TryGetValue(key, out fragment) && fragment is not null && _time.GetTimestamp() < fragment.FreshUntil)
        {
            return true;
        }

        fragment = null;
        return false;
    }

    /// <summary>The timestamp up to which something that is fresh for so long from now is fresh.</summary>
    public long FreshUntil(TimeSpan freshness) => _time.GetTimestamp() + (long)(freshness.TotalSeconds * _time.TimestampFrequency);

    public void Store(string key, CachedFragment fragment, TimeSpan freshness)
    {
        using var entry = _entries.CreateEntry(key);
        entry.Value = fragment;
        entry.Size = fragment.Cost + (key.Length * sizeof(char));
        entry.AbsoluteExpirationRelativeToNow = freshness;
    }

    public void Remove(string key) => _entries.Remove(key);

    public void Dispose() => _entries.Dispose();
}
