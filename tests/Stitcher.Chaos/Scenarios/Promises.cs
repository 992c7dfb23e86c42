using System.Globalization;
using Stitcher.Chaos.Load;
using Stitcher.Chaos.Watching;

namespace Stitcher.Chaos.Scenarios;

/// <summary>The targets that scenarios put together.</summary>
internal static class Promises
{
    /// <summary>The figure that is counted before the load.</summary>
    public const string HandlesBefore = "handles at rest, before";

    /// <summary>The figure that is counted when the load is over.</summary>
    public const string HandlesAfter = "handles at rest, after";

    /// <summary>No page is lost.</summary>
    public static Promise NothingLost { get; } = new("0 lost", figures => (
        figures.Samples.Count > 0 && figures.Lost.Count == 0, string.Join(", ", figures.Lost.Select(entry => $"{entry.Value} {entry.Key}")) is { Length: > 0 } text ? text : "0"));

    /// <summary>The fault did something: a run in which it did not come to pass proves nothing.</summary>
    public static Promise Felt { get; } = new("the fault is felt", figures => (figures.During.Degraded > 0, Text($"{figures.During.Degraded} pages lack a fragment meanwhile")));

    /// <summary>Answers were spoilt: whether a page shows it is the gateway's affair, whether it happened is not.</summary>
    public static Promise Spoilt { get; } = new("answers are spoilt", figures => (figures.Spoilt > 0, Text($"{figures.Spoilt}, and {figures.During.Degraded} pages lack a fragment meanwhile")));

    /// <summary>Nobody followed an address in a fragment or a redirect.</summary>
    public static Promise NothingFollowed { get; } = new("0 followed", figures => (figures.Followed == 0, Text($"{figures.Followed}")));

    /// <summary>All is as before soon after the end of the fault.</summary>
    public static Promise RecoversWithin(double seconds) => new(
        Text($"whole again {seconds:0} s after the fault ends"), figures => (figures.SecondsToRecover <= seconds, Text($"{figures.SecondsToRecover:0.0} s")));

    /// <summary>The pages of the fault are quick enough.</summary>
    /// <param name="share">The share of the pages.</param>
    /// <param name="milliseconds">The time for them.</param>
    /// <param name="afterFault">Counted from so many seconds (of 60) after the fault begins.</param>
    /// <param name="until">To so many seconds (of 60) after it begins.</param>
    public static Promise Quick(double share, double milliseconds, double afterFault = 0, double until = 1_000) => new(
        Text($"p{share * 100:0.#} ≤ {milliseconds:0} ms{(afterFault > 0 ? $" from {afterFault:0} s into the fault" : "")}{(until < 1_000 ? $" until {until:0} s into it" : "")}"),
        figures =>
        {
            var scale = figures.Length / 60;
            var phase = figures.Between(figures.FaultAt + (afterFault * scale), Math.Min(figures.HealAt, figures.FaultAt + (until * scale)));
            return (phase.Percentile(share) <= milliseconds, Text($"{phase.Percentile(share):0} ms"));
        });

    /// <summary>The pages of the fault are at most so much slower than the ones before.</summary>
    public static Promise Slower(double share, double milliseconds, double baseShare) => new(
        Text($"p{share * 100:0.#} ≤ p{baseShare * 100:0.#} before + {milliseconds:0} ms"), figures =>
        {
            var (now, before) = (figures.During.Percentile(share), figures.Before.Percentile(baseShare));
            return (now <= before + milliseconds, Text($"{now:0} ms against {before:0} ms"));
        });

    /// <summary>The gateway's memory grows by no more than so many megabytes.</summary>
    public static Promise Memory(double megabytes) => new(
        Text($"RSS ≤ before + {megabytes:0} MB"), figures =>
        {
            var (before, peak) = (figures.PeakMemory(0, figures.FaultAt), figures.PeakMemory(figures.FaultAt, figures.Length));
            return (peak <= before + megabytes, Text($"{peak:0} MB against {before:0} MB"));
        });

    /// <summary>The gateway's processor time stays below so many times that of before.</summary>
    public static Promise Cpu(double times) => new(
        Text($"CPU ≤ {times:0.#} x before"), figures =>
        {
            var (before, during) = (figures.Cpu(0, figures.FaultAt), figures.Cpu(figures.FaultAt, figures.HealAt));
            return (during <= before * times, Text($"{during * 100:0} % against {before * 100:0} %"));
        });

    /// <summary>A dead service is noticed, and asked no more.</summary>
    public static Promise Noticed { get; } = new("noticed ≤ 1 s", figures => (figures.SecondsToNotice <= 1, Text($"{figures.SecondsToNotice:0.00} s")));

    /// <summary>A dead service is asked little more often than a living one until it is noticed, and hardly after.</summary>
    public static Promise Amplification { get; } = new("questions per page ≤ 1.2 x before it is noticed, ≤ 0.05 x after", figures => (
        figures.AmplificationUnnoticed <= 1.2 && figures.AmplificationNoticed <= 0.05, Text($"{figures.AmplificationUnnoticed:0.00}, {figures.AmplificationNoticed:0.000}")));

    /// <summary>A figure that the scenario took by itself stays below a limit.</summary>
    public static Promise Note(string name, double limit) => new(
        Text($"{name} ≤ {limit:0}"), figures => figures.Noted.TryGetValue(name, out var value) ? (value <= limit, Text($"{value:0}")) : (false, "not measured"));

    /// <summary>Names are not looked up for every page.</summary>
    public static Promise FewLookups { get; } = new("≤ 2 look-ups/s", figures =>
    {
        var perSecond = figures.Added(key => key == GatewayWatch.Lookups, figures.FaultAt, figures.HealAt) / (figures.HealAt - figures.FaultAt);
        return (perSecond <= 2, Text($"{perSecond:0.0}/s"));
    });

    /// <summary>No second sees more than twice the questions that are usual.</summary>
    public static Promise NoHerd { get; } = new("questions in any second ≤ 2 x before", figures =>
    {
        var usual = figures.Asked(0, figures.FaultAt) / figures.FaultAt;
        var peak = Enumerable.Range((int)figures.FaultAt, (int)(figures.Length - figures.FaultAt)).Max(second => figures.Asked(second, second + 1));
        return (peak <= 2 * usual, Text($"{peak} against {usual:0}"));
    });

    /// <summary>The connections to a peer that says nothing any more are given up.</summary>
    public static Promise SocketsGone { get; } = new("0 connections to the silent peer ≤ 30 s into the fault", figures =>
    {
        var left = figures.States.Where(state => state.At > figures.FaultAt && state.At < Math.Min(figures.FaultAt + 30, figures.HealAt)).ToList();
        return (left.Exists(state => state.Peers == 0), Text($"{left.FirstOrDefault(state => state.Peers == 0)?.At - figures.FaultAt:0} s, most {left.Select(state => state.Peers).DefaultIfEmpty().Max()}"));
    });

    /// <summary>A crowd leaves no trace behind.</summary>
    public static Promise CalmAgain { get; } = new("5 s after the crowd: 0 lost, p99 ≤ 2 x before + 20 ms", figures =>
    {
        var calm = figures.Between(figures.HealAt + 5, figures.Length);
        var limit = (2 * figures.Before.Percentile(0.99)) + 20;
        return (calm.Pages > 0 && calm.Lost == 0 && calm.Percentile(0.99) <= limit, Text($"{calm.Lost} lost, {calm.Percentile(0.99):0} ms against {limit:0} ms, {calm.Pages} pages"));
    });

    /// <summary>Nothing grows without end.</summary>
    public static IReadOnlyList<Promise> Steady { get; } =
    [
        new("RSS grows ≤ 1 % in 10 min", figures => (Slope(figures) <= 1, Text($"{Slope(figures):0.00} %"))),
        new("handles at rest ± 5", figures =>
        {
            if (!figures.Noted.TryGetValue(HandlesBefore, out var before) || !figures.Noted.TryGetValue(HandlesAfter, out var after))
            {
                return (false, Text($"not counted: the gateway comes to rest in runs of {Rest.ShortestRun.TotalMinutes:0} min and more"));
            }

            var handles = Settled(figures).Select(state => (double)state.Handles).ToList();
            return (Math.Abs(after - before) <= 5, Text($"{before:0}, then {after:0}; under load {Median(handles.Take(handles.Count / 4)):0}, then {Median(handles.TakeLast(handles.Count / 4)):0}"));
        }),
        new("0 unobserved exceptions", figures => (figures.Unobserved == 0, Text($"{figures.Unobserved}"))),
    ];

    /// <summary>A whole page costs little more than its layout alone.</summary>
    public static Promise CheapWhenWarm { get; } = new("four remembered fragments: p50 ≤ shell + 2 ms, p99 ≤ shell + 15 ms", figures =>
    {
        var shell = new Phase(figures.Samples.Where(sample => sample.Kind == PageKind.Shell));
        var page = new Phase(figures.Samples.Where(sample => sample.Kind == PageKind.Cached));
        var (half, most) = (page.Percentile(0.5) - shell.Percentile(0.5), page.Percentile(0.99) - shell.Percentile(0.99));
        return (half <= 2 && most <= 15, Text($"{half:+0.00;-0.00} ms, {most:+0.00;-0.00} ms"));
    });

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // A process is not itself in its first minutes: code is compiled, pools and caches fill.
    private static List<Processes.ProcessState> Settled(RunFigures figures) =>
        [.. figures.States.Where(state => state.At >= Math.Min(300, figures.Length / 6))];

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }

    /// <summary>Least squares over memory and time, in per cent of the mean per 10 minutes.</summary>
    private static double Slope(RunFigures figures)
    {
        var states = Settled(figures);
        if (states.Count < 2)
        {
            return 0;
        }

        var (meanAt, mean) = (states.Average(state => state.At), states.Average(state => state.Megabytes));
        var slope = states.Sum(state => (state.At - meanAt) * (state.Megabytes - mean)) / states.Sum(state => Math.Pow(state.At - meanAt, 2));
        return slope * 600 / mean * 100;
    }
}
