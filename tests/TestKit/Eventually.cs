using System.Diagnostics;

namespace Stitcher.TestKit;

/// <summary>Waits for what happens on its own time in another part of the system.</summary>
public static class Eventually
{
    /// <summary>Long enough for a busy machine, short enough to tell a hang from a delay.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Asks again and again until the condition holds.</summary>
    /// <param name="condition">What should come to be.</param>
    /// <param name="promise">The condition in words, for the failure.</param>
    /// <exception cref="TimeoutException">It did not come to be within <see cref="Deadline"/>.</exception>
    public static Task HoldsAsync(Func<bool> condition, string promise) => HoldsAsync(() => Task.FromResult(condition()), promise);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string promise)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Deadline)
            {
                throw new TimeoutException($"After {Deadline.TotalSeconds} s it still does not hold that {promise}.");
            }

            await Task.Delay(10);
        }
    }
}
