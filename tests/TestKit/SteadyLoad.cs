using System.Collections.Concurrent;
using System.Globalization;

namespace Stitcher.TestKit;

/// <summary>A few clients that ask one address after the other, without a pause, while something else happens; and what they got that they should not have.</summary>
public sealed class SteadyLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task[] _clients;
    private int _answers;

    private SteadyLoad(HttpClient client, string target, int clients, Func<string, bool> isRight) =>
        _clients = [.. Enumerable.Range(0, clients).Select(_ => AskAsync(client, target, isRight))];

    /// <summary>How many answers have come.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>What was wrong with the others: a status, a body that is not right, or no answer at all.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Begins to ask.</summary>
    /// <param name="client">Asks; its base address is the server's.</param>
    /// <param name="target">What for.</param>
    /// <param name="isRight">Judges a body that came with 200.</param>
    /// <param name="clients">How many ask at once.</param>
    public static SteadyLoad On(HttpClient client, string target, Func<string, bool> isRight, int clients = 4) => new(client, target, clients, isRight);

    /// <summary>Waits until so many more answers have come, so that what was changed has been seen under load.</summary>
    public Task MoreAsync(int answers)
    {
        var goal = Answers + answers;
        return Eventually.HoldsAsync(() => Answers >= goal || !_failures.IsEmpty, $"{answers} more answers have come");
    }

    /// <summary>Ends the asking; what is under way is waited for.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_clients);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private async Task AskAsync(HttpClient client, string target, Func<string, bool> isRight)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                using var response = await client.GetAsync(target);
                var body = await response.Content.ReadAsStringAsync();
                if ((int)response.StatusCode != 200 || !isRight(body))
                {
                    _failures.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode}: {body}"));
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                _failures.Enqueue(e.Message);
            }

            Interlocked.Increment(ref _answers);

            // A few hundred a second are load enough; the machine has other work.
            await Task.Delay(5);
        }
    }
}
