namespace Stitcher.Gateway.Tests;

/// <summary>Real timers, on a clock that moves only when it is put forward: how long the machine takes makes nothing older.</summary>
internal sealed class Ahead : TimeProvider
{
    private readonly long _start = System.GetTimestamp();
    private long _ahead;

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ahead, (long)(span.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => _start + Interlocked.Read(ref _ahead);
}
