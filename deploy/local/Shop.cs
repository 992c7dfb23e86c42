using System.Collections.Concurrent;

namespace Stitcher.Local;

/// <summary>The running shop: opened whole or not at all, watched, closed whole.</summary>
internal sealed class Shop(ShopTopology topology, ShopConsole console, ReadyProbe probe, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Ctrl+C in a terminal reaches every process at once, and theirs may end before the launcher has heard of it: an end is only
    /// called unexpected when no signal has followed within this time.
    /// </summary>
    private static readonly TimeSpan SignalRace = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, ShopProcess> _running = new();

    /// <summary>Starts the services, then the gateway, and says where each is.</summary>
    /// <exception cref="ShopStartException">One of them would not start. What was started is ended by <see cref="DisposeAsync"/>.</exception>
    public async Task OpenAsync(CancellationToken stopping)
    {
        using var opening = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var services = topology.Services.Select(plan => StartAsync(plan, opening.Token)).ToArray();
        try
        {
            await foreach (var service in Task.WhenEach(services))
            {
                await service;
            }
        }
        catch (Exception e) when (e is ShopStartException or OperationCanceledException)
        {
            // One that cannot start is reason enough: the others are not waited for.
            await opening.CancelAsync();
            await Task.WhenAll(services).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await StartAsync(topology.Gateway, stopping);
    }

    /// <summary>Watches every process until <paramref name="stopping"/> or until none is left.</summary>
    /// <param name="restart">Start again what ends by itself.</param>
    /// <param name="stopping">The shop is to be closed.</param>
    public async Task WatchAsync(bool restart, CancellationToken stopping) =>
        await Task.WhenAll(topology.All.Select(plan => restart ? KeepAsync(plan, stopping) : MournAsync(_running[plan.Name], stopping)));

    /// <summary>Ends every process; returns when all are gone.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_running.Values.Select(process => process.DisposeAsync().AsTask()));

    private async Task StartAsync(ProcessPlan plan, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        var process = ShopProcess.Start(plan, console, time);
        _running[plan.Name] = process;
        var took = await probe.WaitAsync(process, stopping);
        console.Say(
            $"{plan.Name.PadRight(console.NameWidth)}   {plan.Address.GetLeftPart(UriPartial.Authority)}   pid {process.Id}   ready in {took.TotalSeconds:0.00} s");
    }

    /// <summary>A process that ended is one line; the others run on.</summary>
    private async Task MournAsync(ShopProcess process, CancellationToken stopping)
    {
        if (await EndedByItselfAsync(process, stopping))
        {
            ShopConsole.Complain($"{process.Plan.Name} ended ({await process.Ended}); {WhatStillRuns()}. It is not started again; --restart would.");
        }
    }

    private async Task KeepAsync(ProcessPlan plan, CancellationToken stopping)
    {
        var delay = FirstDelay;
        while (_running[plan.Name] is var process && await EndedByItselfAsync(process, stopping))
        {
            // One that ran for a while has earned a fresh start of the delays.
            delay = time.GetElapsedTime(process.StartedAt) > LongestDelay ? FirstDelay : delay;
            ShopConsole.Complain($"{plan.Name} ended ({await process.Ended}); {WhatStillRuns()}. It starts again in {delay.TotalSeconds:0} s.");
            try
            {
                await Task.Delay(delay, time, stopping);
                await process.DisposeAsync();
                await StartAsync(plan, stopping);
            }
            catch (ShopStartException e)
            {
                // When it ended, the next round tells so, together with the next, longer delay.
                if (!_running[plan.Name].Ended.IsCompleted)
                {
                    ShopConsole.Complain(e.Message);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }

            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    private async Task<bool> EndedByItselfAsync(ShopProcess process, CancellationToken stopping)
    {
        try
        {
            await process.Ended.WaitAsync(stopping);
            await Task.Delay(SignalRace, time, stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private string WhatStillRuns()
    {
        var alive = topology.All.Select(plan => plan.Name).Where(name => !_running[name].Ended.IsCompleted).ToArray();
        return alive.Length == 0 ? "nothing runs any more" : $"{string.Join(", ", alive)} still {(alive.Length == 1 ? "runs" : "run")}";
    }
}
