using System.Diagnostics;
using Stitcher.Chaos.Load;
using Stitcher.Chaos.Processes;
using Stitcher.TestKit;

namespace Stitcher.Chaos.Scenarios;

/// <summary>Runs one scenario: starts all processes, warms up, loads, does the steps in time, looks at the gateway meanwhile, and ends everything.</summary>
internal sealed class ScenarioRun(Scenario scenario, RunOptions options)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan WarmUpPiece = TimeSpan.FromSeconds(2);
    private const int MostWarmUpPieces = 30;

    private readonly TimeSpan _length = options.Length ?? scenario.Length;
    private readonly double _rate = options.Rate ?? scenario.Rate;

    /// <summary>Runs it.</summary>
    /// <exception cref="InvalidOperationException">A process did not start; the message holds what it said.</exception>
    public async Task<RunFigures> RunAsync(CancellationToken token)
    {
        var settings = new Dictionary<string, string>(scenario.Settings.Concat(options.Settings).GroupBy(entry => entry.Key).Select(group => group.Last()));
        using var redis = scenario.NeedsRedis ? new RedisServer(options.BasePort == 0 ? FreePort.Take() : options.BasePort + 99) : null;
        if (redis is not null)
        {
            await redis.StartAsync();
            settings["Stitcher__Redis__Configuration"] = redis.Configuration;
        }

        await using var fleet = await Fleet.StartAsync(new FleetOptions
        {
            BasePort = options.BasePort,
            Settings = settings,
            Deadline = options.Deadline,
            PrimaryTime = options.PrimaryTime,
            Distant = scenario.Distant,
            OtherLayouts = options.OtherLayouts,
        });
        using var client = new PageClient();
        var stage = new ScenarioStage(fleet, client, redis, _length.TotalSeconds / 60);
        if (await WarmUpAsync(fleet, client, token) is > 0 and var harmed)
        {
            stage.Noted["pages lost or degraded while the gateway warmed up"] = harmed;
        }

        await RestAsync(stage, Promises.HandlesBefore, token);
        var figures = await MeasureAsync(stage, token);
        await RestAsync(stage, Promises.HandlesAfter, token);
        return figures;
    }

    private async Task RestAsync(ScenarioStage stage, string figure, CancellationToken token)
    {
        if (scenario.Rests && _length >= Rest.ShortestRun && await Rest.HandlesAsync(stage.Fleet.Gateway, token) is { } handles)
        {
            stage.Noted[figure] = handles;
        }
    }

    /// <summary>
    /// Loads a cold gateway until all its pages are whole: a start is a trial of its own, and what it broke must not be taken for the fault's work.
    /// </summary>
    /// <returns>How many pages were lost or degraded meanwhile.</returns>
    private async Task<int> WarmUpAsync(Fleet fleet, PageClient client, CancellationToken token)
    {
        var length = _length / 6 < WarmUp ? _length / 6 : WarmUp;
        var harmed = 0;
        for (var piece = 0; piece < MostWarmUpPieces; piece++)
        {
            var samples = await NewLoad(fleet, client).RunAsync(_rate, piece == 0 ? length : WarmUpPiece, Stopwatch.StartNew(), token);
            var bad = samples.Count(sample => sample.Loss != Loss.None || sample.IsDegraded);
            harmed += bad;
            if (bad == 0 || options.OtherLayouts.Count > 0)
            {
                break;
            }
        }

        return harmed;
    }

    private async Task<RunFigures> MeasureAsync(ScenarioStage stage, CancellationToken token)
    {
        var fleet = stage.Fleet;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
        var load = NewLoad(fleet, stage.Client);
        var watch = Stopwatch.StartNew();
        var began = Stopwatch.GetTimestamp();
        var states = StateAsync(fleet, watch, over.Token);
        var steps = StepAsync(stage, load, watch, over.Token);
        var beside = scenario.Beside?.Invoke(stage, over.Token) ?? Task.CompletedTask;
        var samples = await load.RunAsync(_rate, _length, watch, token);

        // A run that was ended early shows nothing, least of all that nothing was lost.
        token.ThrowIfCancellationRequested();
        await steps;
        await over.CancelAsync();
        await beside;
        var counts = await Task.WhenAll(fleet.Instances.Select(instance => instance.CountsAsync()));
        return new RunFigures
        {
            Scenario = scenario,
            Samples = samples,
            States = await states,
            Told = [.. fleet.Gateways.Select(gateway => gateway.Telemetry)],
            TouchedPorts = fleet.Instances.Where(instance => scenario.Touched.Contains(instance.Service)).Select(instance => $"{instance.Port}").ToHashSet(),
            Began = began,
            Length = _length.TotalSeconds,
            Followed = counts.Sum(count => count.Followed),
            Spoilt = counts.Sum(count => count.Spoilt),
            Noted = stage.Noted,
            LatestSend = load.LatestSend,
        };
    }

    private ConstantLoad NewLoad(Fleet fleet, PageClient client) => new(
        client, fleet.NextGateway, scenario.Mix, options.DemandsTime ? options.Deadline + Grace : Timeout.InfiniteTimeSpan)
    {
        Expected = PageExpectation.AllWell with { DemandsFragments = options.DemandsTime },
    };

    private async Task StepAsync(ScenarioStage stage, ConstantLoad load, Stopwatch watch, CancellationToken token)
    {
        foreach (var step in scenario.Steps.OrderBy(step => step.At))
        {
            var due = TimeSpan.FromSeconds(step.At / 60 * _length.TotalSeconds) - watch.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, token);
            }

            load.Expected = scenario.Expectation with { DemandsFragments = options.DemandsTime };
            options.Tell($"{watch.Elapsed.TotalSeconds,6:0.0} s  {step.What}");
            await step.DoAsync(stage);
        }
    }

    private async Task<IReadOnlyList<ProcessState>> StateAsync(Fleet fleet, Stopwatch watch, CancellationToken token)
    {
        var interval = _length > TimeSpan.FromMinutes(5) ? TimeSpan.FromSeconds(10) : _length / 120;
        var peer = scenario.Distant is null ? null : DistantNetwork.FarAddress;
        var states = new List<ProcessState>();
        while (OperatingSystem.IsLinux() && !token.IsCancellationRequested)
        {
            states.AddRange(fleet.Gateways.ToList().Select(gateway => ProcessState.Of(gateway.Id, watch.Elapsed.TotalSeconds, peer)).OfType<ProcessState>());
            await Task.Delay(interval, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return states;
    }
}
