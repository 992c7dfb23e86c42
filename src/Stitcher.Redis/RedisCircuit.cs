using Microsoft.Extensions.Logging;

namespace Stitcher.Redis;

/// <summary>
/// Keeps pages from waiting for a Redis that does not answer in time. One answer that is late is enough to open it, since a page waited for
/// it; other failures cost no time and count together. It is never tried by a page: the gateway's own reading of the purges closes it.
/// </summary>
internal sealed class RedisCircuit
{
    private const int MostFailures = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    // With a new connection on top, Redis is used again within 10 seconds after its return.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // What fails again so soon after it was closed has not recovered.
    private static readonly TimeSpan Relapse = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ILogger<RedisCircuit> _logger;
    private TimeSpan _pause;
    private long _openedAt;
    private long _closedAt;
    private int _failures;
    private volatile bool _isOpen;

    public RedisCircuit(TimeProvider time, RedisMetrics metrics, ILogger<RedisCircuit> logger)
    {
        (_time, _logger) = (time, logger);
        metrics.Watch(this);
    }

    /// <summary>It has just been opened.</summary>
    public event Action? Opened;

    public bool IsOpen => _isOpen;

    /// <summary>The time until it is worth trying again; zero while it is closed.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_lock)
            {
                var left = _isOpen ? _pause - _time.GetElapsedTime(_openedAt) : TimeSpan.Zero;
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <param name="wasLate">Somebody waited for it until the time was over.</param>
    public void Failed(bool wasLate)
    {
        lock (_lock)
        {
            _failures++;
            if (_isOpen ? Remaining > TimeSpan.Zero : !wasLate && _failures < MostFailures)
            {
                return;
            }

            var goesOn = _isOpen || (_closedAt != 0 && _time.GetElapsedTime(_closedAt) < Relapse);
            _pause = goesOn && _pause > TimeSpan.Zero ? Min(_pause * 2, LongestPause) : FirstPause;
            _openedAt = _time.GetTimestamp();
            if (_isOpen)
            {
                return;
            }

            _isOpen = true;
        }

        _logger.CircuitOpened(wasLate ? "it did not answer in time" : "its answers failed");
        Opened?.Invoke();
    }

    /// <summary>It answered in time.</summary>
    /// <param name="isTrial">To a trial, not to a question from before it was opened.</param>
    public void Succeeded(bool isTrial)
    {
        if (_isOpen ? !isTrial : Volatile.Read(ref _failures) == 0)
        {
            return;
        }

        lock (_lock)
        {
            _failures = 0;
            if (!_isOpen)
            {
                return;
            }

            _isOpen = false;
            _closedAt = _time.GetTimestamp();
        }

        _logger.CircuitClosed();
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
