using Stitcher.Caching;

namespace Stitcher.Redis;

/// <summary>
/// This gateway's copy of the purges that all gateways share, in the order of their numbers. What lies in Redis is held against it when it
/// is taken out: a purge touches nothing there, so it costs the same whatever it means.
/// </summary>
internal sealed class SharedPurges
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Number, PurgeScope Scope)> _purges = [];
    private long _seen;
    private long _forgotten;

    /// <summary>The number of the last purge it knows; 0 before it was read for the first time.</summary>
    public long Seen => Volatile.Read(ref _seen);

    /// <summary>Takes the next purge.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="scope">What it means; null when it does not count.</param>
    /// <returns>False when purges before it are missing: nothing older can be judged any more.</returns>
    public bool Add(long number, PurgeScope? scope)
    {
        lock (_lock)
        {
            var isNext = number == _seen + 1;
            if (!isNext)
            {
                _purges.Clear();
                _forgotten = number - 1;
            }

            if (scope is not null)
            {
                _purges.Enqueue((number, scope));
            }

            if (_purges.Count > RedisScripts.MostPurges)
            {
                _forgotten = _purges.Dequeue().Number;
            }

            Volatile.Write(ref _seen, number);
            return isNext;
        }
    }

    /// <summary>Begins at a number anew.</summary>
    public void Reset(long number)
    {
        lock (_lock)
        {
            _purges.Clear();
            _forgotten = number;
            Volatile.Write(ref _seen, number);
        }
    }

    /// <summary>Whether an answer that was asked for under a number has been purged since, or may have been.</summary>
    /// <param name="generation">The number.</param>
    /// <param name="key">Its cache key.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="seen">The number up to which that was judged.</param>
    public bool Covers(long generation, string key, KeptAnswer answer, out long seen)
    {
        lock (_lock)
        {
            seen = _seen;
            return generation < _forgotten
                || (generation < _seen && _purges.Any(purge => purge.Number > generation && purge.Scope.Covers(key, answer.Labels, answer.Headers.SurrogateKey)));
        }
    }
}
