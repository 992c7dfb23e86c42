using System.Diagnostics;

namespace Stitcher.TestKit;

/// <summary>Waits for what happens on its own time in another part of the system.</summary>
public static class Eventually
{
    /// <summary>Long enough for a machine on which every process may stand still for seconds, again and again, short enough to tell a hang from a delay.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Asks again and again until the condition holds.</summary>
    /// <param name="condition">What should come to be.</param>
    /// <param name="promise">The condition in words, for the failure.</param>
    /// <param name="patience">How long it may take. Default: <see cref="Deadline"/>.</param>
    /// <exception cref="TimeoutException">It did not come to be in that time.</exception>
    public static Task HoldsAsync(Func<bool> condition, string promise, TimeSpan? patience = null) =>
        HoldsAsync(() => Task.FromResult(condition()), promise, patience);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string promise, TimeSpan? patience = null)
    {
        var limit = patience ?? Deadline;
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"After {limit.TotalSeconds} s it still does not hold that {promise}.");
            }

            await Task.Delay(10);
        }
    }
}
