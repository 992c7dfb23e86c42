using Stitcher.Local.Checking;

namespace Stitcher.Local;

/// <summary>One run of the launcher, from the command line's options to its exit code.</summary>
internal static class Launcher
{
    private const int Well = 0;
    private const int Failed = 1;

    /// <summary>Opens the shop and keeps it open until a signal, or checks it and ends.</summary>
    public static async Task<int> RunAsync(LocalOptions options, CancellationToken token)
    {
        // Not disposed: a signal or the timer may still fire while the last lines run.
        var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var signals = new StopSignals(stop);
        var time = TimeProvider.System;
        using var parent = options.Attached ? ParentWatch.Start(stop, time) : null;

        try
        {
            var topology = new ShopTopology(BuildOutput.Find(AppContext.BaseDirectory), options);
            PortCheck.Require(topology.All, options.BasePort);
            return await RunAsync(topology, options, time, stop.Token);
        }
        catch (ShopStartException e)
        {
            ShopConsole.Complain(e.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return options.Check ? Failed : Well;
        }
    }

    private static async Task<int> RunAsync(ShopTopology topology, LocalOptions options, TimeProvider time, CancellationToken stopping)
    {
        var console = new ShopConsole([.. topology.All.Select(plan => plan.Name), ShopTopology.ManagementName], logsToError: options.Check);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await using var shop = new Shop(topology, console, new ReadyProbe(client, time), time);
        await shop.OpenAsync(stopping);

        if (options.Check)
        {
            return await CheckAsync(topology, client, time, stopping);
        }

        console.Say($"{ShopTopology.ManagementName.PadRight(console.NameWidth)}   {topology.Management.GetLeftPart(UriPartial.Authority)}");
        console.Say($"The shop is open: {topology.Gateway.Address}   (Ctrl+C closes it)");
        await shop.WatchAsync(options.Restart, stopping);
        return stopping.IsCancellationRequested ? Well : Failed;
    }

    private static async Task<int> CheckAsync(ShopTopology topology, HttpClient client, TimeProvider time, CancellationToken stopping)
    {
        var rows = await new ShopCheck(topology, client, time).RunAsync(stopping);
        foreach (var line in CheckTable.Lines(rows))
        {
            ShopConsole.Result(line);
        }

        var bad = rows.Count(row => !row.Good);
        ShopConsole.Result(bad == 0 ? "All is well." : $"{bad} of {rows.Count} lines are not as they must be.");
        return bad == 0 ? Well : Failed;
    }
}
