namespace Stitcher.Diagnostics;

/// <summary>
/// Keeps a sentence that strangers can cause from filling the log: it is said at once, and then once in ten seconds at most, with how often it could have been
/// said meanwhile. A line for each time would be the next thing to break.
/// </summary>
internal sealed class Seldom(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private long _said;
    private long _unsaid;

    /// <param name="unsaid">How often it was not said since the last time it was.</param>
    /// <returns>Whether it is to be said now.</returns>
    public bool MaySay(out long unsaid)
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref _said));
        if ((last == 0 || time.GetElapsedTime(last, now) >= Pause) && Interlocked.CompareExchange(ref _said, now, last) == last)
        {
            unsaid = Interlocked.Exchange(ref _unsaid, 0);
            return true;
        }

        Interlocked.Increment(ref _unsaid);
        unsaid = 0;
        return false;
    }
}
