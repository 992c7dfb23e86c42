using System.Diagnostics;
using Stitcher.Chaos.Load;
using Stitcher.Chaos.Processes;
using Stitcher.Chaos.Services;
using Stitcher.Chaos.Watching;

namespace Stitcher.Chaos.Scenarios;

/// <summary>What was measured in a run. Times are seconds from its beginning.</summary>
internal sealed record RunFigures
{
    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Every page.</summary>
    public required IReadOnlyList<Sample> Samples { get; init; }

    /// <summary>The gateways' processes, looked at again and again.</summary>
    public required IReadOnlyList<ProcessState> States { get; init; }

    /// <summary>What the gateways told.</summary>
    public required IReadOnlyList<GatewayTelemetry> Told { get; init; }

    /// <summary>The ports of the services that something was done to.</summary>
    public required IReadOnlySet<string> TouchedPorts { get; init; }

    /// <summary>The timestamp of the run's beginning.</summary>
    public required long Began { get; init; }

    /// <summary>The run's length.</summary>
    public required double Length { get; init; }

    /// <summary>How often addresses were asked for that nobody should follow.</summary>
    public required long Followed { get; init; }

    /// <summary>How many answers the services spoilt. What an instance that was ended had counted is not in it.</summary>
    public required long Spoilt { get; init; }

    /// <summary>Figures that the scenario took by itself.</summary>
    public required IReadOnlyDictionary<string, double> Noted { get; init; }

    /// <summary>How late the runner sent at most, in milliseconds.</summary>
    public required double LatestSend { get; init; }

    /// <summary>When the fault began.</summary>
    public double FaultAt => Scenario.FaultAt / 60 * Length;

    /// <summary>When all was well again.</summary>
    public double HealAt => Scenario.HealAt / 60 * Length;

    /// <summary>Before the fault.</summary>
    public Phase Before => Between(0, FaultAt);

    /// <summary>From the fault to the end of it.</summary>
    public Phase During => Between(FaultAt, HealAt);

    /// <summary>From then on.</summary>
    public Phase After => Between(HealAt, Length);

    /// <summary>How many pages are lost, by cause.</summary>
    public IReadOnlyDictionary<Loss, int> Lost => Samples.Where(sample => sample.Loss != Loss.None).GroupBy(sample => sample.Loss)
        .OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>How long the gateway took to stop asking a service or one of its instances, by its own log; null when it did not.</summary>
    public double? SecondsToNotice
    {
        get
        {
            var (opened, ejected) = (When(GatewayTelemetry.CircuitOpened), When(GatewayTelemetry.DestinationEjected));
            return (opened is null || ejected < opened ? ejected : opened) - FaultAt;
        }
    }

    /// <summary>How long after the end of the fault the last page lacked a fragment of a service that something was done to; 0 when none did.</summary>
    public double SecondsToRecover
    {
        get
        {
            var indices = Scenario.Touched.Select(name => ServiceNames.All.ToList().IndexOf(name)).ToList();
            var last = Samples.Where(sample => sample.Intended >= HealAt && indices.Exists(index => !sample.Shows(index))).Select(sample => sample.Intended);
            return last.DefaultIfEmpty(HealAt).Max() - HealAt;
        }
    }

    /// <summary>Questions to the touched services per page from the fault until their circuit opened, against before the fault; null when there is nothing to compare.</summary>
    public double? AmplificationUnnoticed => Amplification(FaultAt, When(GatewayTelemetry.CircuitOpened) ?? HealAt);

    /// <summary>The same from then to the end of the fault.</summary>
    public double? AmplificationNoticed => When(GatewayTelemetry.CircuitOpened) is { } at ? Amplification(at, HealAt) : null;

    /// <summary>Exceptions of tasks that nobody observed.</summary>
    public long Unobserved => Told.Sum(told => told.Added(key => key == GatewayWatch.Unobserved, 0, long.MaxValue));

    /// <summary>Log records of level error or worse.</summary>
    public int Errors => Told.Sum(told => told.ErrorCount);

    /// <summary>What became of slots by the gateways' own measurements.</summary>
    public IReadOnlyDictionary<string, long> Outcomes => Told.SelectMany(told => told.Sums(GatewayWatch.Slot, Began))
        .GroupBy(entry => entry.Key.Split('|', 2)[1].Replace("|none", "", StringComparison.Ordinal).Replace('|', ':'))
        .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Value));

    /// <summary>The pages that were due in a time.</summary>
    public Phase Between(double from, double to) => new(Samples.Where(sample => sample.Intended >= from && sample.Intended < to));

    /// <summary>The gateway's processor time per second in a time.</summary>
    public double Cpu(double from, double to)
    {
        var states = States.Where(state => state.At >= from && state.At <= to).GroupBy(state => state.Id).Select(group => group.OrderBy(state => state.At).ToList());
        return states.Where(group => group.Count > 1).Sum(group => group[^1].CpuSeconds - group[0].CpuSeconds) / Math.Max(0.001, to - from);
    }

    /// <summary>The gateway's largest memory in a time, in megabytes.</summary>
    public double PeakMemory(double from, double to) => States.Where(state => state.At >= from && state.At <= to).Select(state => state.Megabytes).DefaultIfEmpty().Max();

    /// <summary>What the gateways counted in a time.</summary>
    public long Added(Func<string, bool> chosen, double from, double to) => Told.Sum(told => told.Added(chosen, Stamp(from), Stamp(to)));

    /// <summary>Questions to services in a time.</summary>
    public long Asked(double from, double to) => Added(key => key.StartsWith(GatewayWatch.Asked, StringComparison.Ordinal), from, to);

    private double? When(int record)
    {
        var stamps = Told.Select(told => told.First(record, Stamp(FaultAt))).OfType<long>().ToList();
        return stamps.Count > 0 && Stopwatch.GetElapsedTime(Began, stamps.Min()).TotalSeconds is var seconds && seconds < HealAt ? seconds : null;
    }

    private double? Amplification(double from, double to)
    {
        var usual = PerPage(0, FaultAt);
        return usual > 0 && PerPage(from, to) is { } now ? now / usual : null;
    }

    private double? PerPage(double from, double to)
    {
        var pages = Between(from, to).Pages;
        var asked = Added(
            key => key.StartsWith(GatewayWatch.Asked, StringComparison.Ordinal) && TouchedPorts.Contains(key[GatewayWatch.Asked.Length..]), from, to);
        return pages == 0 ? null : (double)asked / pages;
    }

    private long Stamp(double seconds) => Began + (long)(seconds * Stopwatch.Frequency);
}
