namespace Stitcher.Redis.Tests;

/// <summary>The system's clock, on which an operation in Redis may take as long as a busy machine needs; the longest that settings allow is one second.</summary>
internal sealed class UnhurriedClock : TimeProvider
{
    /// <summary>The setting by which operations are known here: no other time of the gateway is as long.</summary>
    public const string OperationTimeout = "997ms";

    private static readonly TimeSpan Operation = TimeSpan.FromMilliseconds(997);

    // Less than a slot's time: where Redis is gone, a page waits for it once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    public static UnhurriedClock Instance { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime == Operation ? Patience : dueTime, period);
}
