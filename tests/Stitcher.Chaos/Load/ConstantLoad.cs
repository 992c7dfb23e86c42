using System.Diagnostics;

namespace Stitcher.Chaos.Load;

/// <summary>
/// Asks for pages at a constant rate, whether the ones before have come or not (open loop), and takes each one's time from the moment it was due:
/// a gateway that stalls meets every page that fell due meanwhile.
/// </summary>
/// <param name="client">The connections.</param>
/// <param name="gateway">Where to ask, at the moment of asking.</param>
/// <param name="mix">The pages.</param>
/// <param name="deadline">The time after which a page counts as late; infinite for none.</param>
internal sealed class ConstantLoad(PageClient client, Func<Uri> gateway, PageMix mix, TimeSpan deadline)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly List<Sample> _samples = [];
    private long _outstanding;

    /// <summary>What the pages may look like now. Read when a page is asked for and when it has come: a page is judged by the milder of the two.</summary>
    public PageExpectation Expected { get; set; } = PageExpectation.AllWell;

    /// <summary>Pages that were asked for and have not come.</summary>
    public long Outstanding => Interlocked.Read(ref _outstanding);

    /// <summary>How late the runner itself sent at most, in milliseconds: beyond some ten the machine, not the gateway, was measured.</summary>
    public double LatestSend { get; private set; }

    /// <summary>Runs and returns what came of each page.</summary>
    /// <param name="rate">Pages per second.</param>
    /// <param name="length">How long.</param>
    /// <param name="watch">The run's clock, just started.</param>
    /// <param name="token">Ends the run early.</param>
    public async Task<IReadOnlyList<Sample>> RunAsync(double rate, TimeSpan length, Stopwatch watch, CancellationToken token)
    {
        var pages = (long)(rate * length.TotalSeconds);
        var running = new List<Task>((int)pages);
        for (long sent = 0; sent < pages && !token.IsCancellationRequested;)
        {
            var due = sent / rate;
            if (watch.Elapsed.TotalSeconds < due)
            {
                await Task.Delay(Tick, CancellationToken.None);
                continue;
            }

            LatestSend = Math.Max(LatestSend, (watch.Elapsed.TotalSeconds - due) * 1000);
            running.Add(AskAsync(due, watch, token));
            sent++;
        }

        await Task.WhenAll(running);
        lock (_samples)
        {
            return [.. _samples.OrderBy(sample => sample.Intended)];
        }
    }

    private async Task AskAsync(double due, Stopwatch watch, CancellationToken token)
    {
        Interlocked.Increment(ref _outstanding);
        var before = Expected;
        var (kind, id) = mix.Draw();
        var (answer, loss, detail) = await client.AskAsync(gateway(), kind, id, token);
        var milliseconds = (watch.Elapsed.TotalSeconds - due) * 1000;
        byte whole = 0;
        if (answer is not null)
        {
            (loss, whole, detail) = PageCheck.Judge(answer, before);
            if (loss is Loss.Status or Loss.Slot && !ReferenceEquals(before, Expected))
            {
                (loss, whole, detail) = PageCheck.Judge(answer, Expected);
            }
        }

        if (loss == Loss.None && deadline > TimeSpan.Zero && milliseconds > deadline.TotalMilliseconds)
        {
            (loss, detail) = (Loss.Late, $"{milliseconds:0} ms");
        }

        lock (_samples)
        {
            _samples.Add(new Sample(due, milliseconds, kind, answer?.Status ?? 0, loss, whole, detail));
        }

        Interlocked.Decrement(ref _outstanding);
    }
}
