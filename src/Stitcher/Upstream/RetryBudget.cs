namespace Stitcher.Upstream;

/// <summary>
/// Bounds second attempts by the questions on their way: a service that fails altogether must not be asked twice as much for it. A part of all,
/// but never less than a minimum, which lets a quiet service have its second attempts, too.
/// </summary>
internal sealed class RetryBudget(int percent, int minimum)
{
    private int _calls;
    private int _seconds;

    /// <summary>How many questions are on their way.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public void Enter() => Interlocked.Increment(ref _calls);

    public void Leave() => Interlocked.Decrement(ref _calls);

    /// <summary>Counts a second attempt, if there may be one more.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _seconds) <= Math.Max(minimum, (long)Calls * percent / 100))
        {
            return true;
        }

        Interlocked.Decrement(ref _seconds);
        return false;
    }

    public void Return() => Interlocked.Decrement(ref _seconds);
}
