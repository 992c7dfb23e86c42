using System.Threading.RateLimiting;

namespace UserService.Accounts;

/// <summary>
/// Lets few passwords be looked at, at once. Each keeps a processor busy for 50 to 100 ms, and that is meant so: without a bound, whoever sends many would leave
/// nothing of the machine to those who only want to see who they are.
/// </summary>
internal sealed class PasswordTurns(IConfiguration configuration) : IDisposable
{
    private const string AtOnce = "SignIn:AtOnce";
    private const string Waiting = "SignIn:Waiting";

    // With one processor the last of them waits for about three seconds; nobody who waits for longer is still there.
    private const int UsuallyWaiting = 32;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        // Half of the machine: the other half is for everything else.
        PermitLimit = Math.Max(1, configuration.GetValue(AtOnce, Environment.ProcessorCount / 2)),
        QueueLimit = Math.Max(0, configuration.GetValue(Waiting, UsuallyWaiting)),
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>When those who wait now have had their turn, more or less.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Waits for a turn; whoever was given one gives it back by disposing of it.</summary>
    /// <returns>A lease that is not acquired when too many wait already.</returns>
    public ValueTask<RateLimitLease> WaitAsync(CancellationToken ct) => _limiter.AcquireAsync(1, ct);

    public void Dispose() => _limiter.Dispose();
}
