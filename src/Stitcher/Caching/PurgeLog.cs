namespace Stitcher.Caching;

/// <summary>
/// Numbers the purges, so that an answer which was asked for before one cannot come in after it. Each purge takes the next number first
/// and removes afterwards; what was asked for under a lower number is held against the purges in between before it is remembered.
/// </summary>
internal sealed class PurgeLog(TimeProvider time)
{
    // Longer than any question can be under way.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    // Beyond so many in that time the oldest ones are taken to mean everything.
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<(long Number, long At, PurgeScope Scope)> _purges = [];
    private long _number;
    private long _forgotten;

    /// <summary>The number of the last purge.</summary>
    public long Number => Volatile.Read(ref _number);

    public void Add(PurgeScope scope)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _purges.Enqueue((_number + 1, now, scope));
            while (_purges.TryPeek(out var oldest) && (_purges.Count > Most || time.GetElapsedTime(oldest.At, now) > Remembered))
            {
                _forgotten = oldest.Number;
                _purges.Dequeue();
            }

            Volatile.Write(ref _number, _number + 1);
        }
    }

    /// <summary>Whether something that was asked for under a number has been purged since.</summary>
    /// <param name="since">The number.</param>
    /// <param name="key">Its cache key.</param>
    /// <param name="labels">What it is.</param>
    /// <param name="tags">Its tags.</param>
    public bool Covers(long since, string key, FragmentLabels labels, string? tags) =>
        since != Number && AnySince(since, scope => scope.Covers(key, labels, tags));

    /// <summary>The same for something whose tags are not known yet: whether it may have been.</summary>
    public bool MayCover(long since, string key, FragmentLabels labels) => since != Number && AnySince(since, scope => scope.MayCover(key, labels));

    private bool AnySince(long since, Func<PurgeScope, bool> covers)
    {
        lock (_lock)
        {
            return since < _forgotten || _purges.Any(purge => purge.Number > since && covers(purge.Scope));
        }
    }
}
