using System.Threading.RateLimiting;

namespace AnalyticsService.Tracking;

/// <summary>How much one visitor, and all of them together, may tell.</summary>
internal sealed class TrackLimits : IDisposable
{
    /// <summary>The most events in a batch.</summary>
    public const int Events = 20;

    /// <summary>The longest batch, in bytes.</summary>
    public const int Bytes = 16 * 1024;

    // Somebody who clicks once a second for a minute, twice over.
    private const int PerVisitor = 120;

    // A visitor's number costs nothing to make up, so all of them have a bound together. One transaction takes about a millisecond.
    private const int PerSecond = 400;

    private static readonly TimeSpan VisitorsMinute = TimeSpan.FromMinutes(1);

    private readonly TokenBucketRateLimiter _all = new(new()
    {
        TokenLimit = 2 * PerSecond,
        TokensPerPeriod = PerSecond / 10,
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
        QueueLimit = 0,
    });

    private readonly PartitionedRateLimiter<string> _visitors = PartitionedRateLimiter.Create<string, string>(visitor =>
        RateLimitPartition.GetTokenBucketLimiter(visitor, static _ => new()
        {
            TokenLimit = PerVisitor,
            TokensPerPeriod = PerVisitor / 6,
            ReplenishmentPeriod = VisitorsMinute / 6,
            QueueLimit = 0,
        }));

    /// <summary>When to try again, for an answer that refuses: the time in which a visitor may tell a batch more.</summary>
    public static TimeSpan RetryAfter => VisitorsMinute / 6;

    /// <param name="visitor">Who tells.</param>
    /// <param name="events">How many.</param>
    /// <returns>False when it is too much.</returns>
    public bool Allows(string visitor, int events)
    {
        using var one = _visitors.AttemptAcquire(visitor, events);
        if (!one.IsAcquired)
        {
            return false;
        }

        using var all = _all.AttemptAcquire(events);
        return all.IsAcquired;
    }

    public void Dispose()
    {
        _all.Dispose();
        _visitors.Dispose();
    }
}
