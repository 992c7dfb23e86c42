using System.Globalization;
using System.Text;
using Stitcher.Chaos.Load;
using Stitcher.Chaos.Scenarios;

namespace Stitcher.Chaos.Reports;

/// <summary>The table that people read.</summary>
internal static class MarkdownTable
{
    private const int ShownLosses = 3;

    /// <summary>The table's head.</summary>
    public const string Head =
        "| run | pages | lost | degraded | before: p50 / p99 / p99.9 / max ms | during | after | RSS before / peak / end MB | CPU before / during | handles | noticed, recovered | questions per page until noticed, after | verdict |\n"
        + "|---|---|---|---|---|---|---|---|---|---|---|---|---|";

    /// <summary>A run's line of the table.</summary>
    public static string Row(Verdict verdict)
    {
        if (verdict.Figures is not { } figures)
        {
            return $"| {verdict.Scenario.Id} |  |  |  |  |  |  |  |  |  |  |  | {verdict.Word} |";
        }

        var states = figures.States;
        return string.Create(CultureInfo.InvariantCulture, $"| {figures.Scenario.Id} | {figures.Samples.Count} | {Losses(figures)} | {figures.Samples.Count(sample => sample.IsDegraded)} | ")
            + $"{Times(figures.Before)} | {Times(figures.During)} | {Times(figures.After)} | "
            + string.Create(CultureInfo.InvariantCulture, $"{figures.PeakMemory(0, figures.FaultAt):0} / {figures.PeakMemory(0, figures.Length + 5):0} / {(states.Count == 0 ? 0 : states[^1].Megabytes):0} | ")
            + string.Create(CultureInfo.InvariantCulture, $"{figures.Cpu(0, figures.FaultAt) * 100:0} % / {figures.Cpu(figures.FaultAt, figures.HealAt) * 100:0} % | ")
            + string.Create(CultureInfo.InvariantCulture, $"{(states.Count == 0 ? 0 : states[0].Handles)}–{states.Select(state => state.Handles).DefaultIfEmpty().Max()} | ")
            + $"{Seconds(figures.SecondsToNotice)}, {Seconds(figures.Scenario.Touched.Count == 0 ? null : figures.SecondsToRecover)} | "
            + $"{Times(figures.AmplificationUnnoticed)}, {Times(figures.AmplificationNoticed)} | {verdict.Word} |";
    }

    /// <summary>What stands under the table for a run: its promises, what was seen, the first losses, the slots' outcomes, the gateway's errors.</summary>
    public static string Notes(Verdict verdict)
    {
        var text = new StringBuilder();
        text.Append("### ").Append(verdict.Scenario.Id).Append(": ").AppendLine(verdict.Scenario.Name).AppendLine();
        if (verdict.Figures is not { } figures)
        {
            return text.Append("Not run: ").Append(verdict.Obstacle).AppendLine(".").ToString();
        }

        foreach (var answer in verdict.Answers)
        {
            text.Append("- ").Append(answer.Kept ? "met" : "**missed**").Append(": ").Append(answer.Text).Append(" – ").AppendLine(answer.Seen);
        }

        foreach (var sample in figures.Samples.Where(sample => sample.Loss != Loss.None).Take(ShownLosses))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- lost at {sample.Intended:0.00} s: {sample.Kind}, status {sample.Status}, {sample.Milliseconds:0} ms, {sample.Loss}: `{sample.Detail}`");
        }

        text.Append("- slots, by the gateway: ").AppendLine(string.Join(", ", figures.Outcomes.OrderByDescending(entry => entry.Value).Select(entry => $"{entry.Value} {entry.Key}")));
        foreach (var (name, value) in figures.Noted.OrderBy(entry => entry.Key))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {name}: {value:0}");
        }

        foreach (var error in figures.Told.SelectMany(told => told.Errors))
        {
            text.Append("- the gateway's log: `").Append(error.ReplaceLineEndings(" ")).AppendLine("`");
        }

        return text.AppendLine(CultureInfo.InvariantCulture, $"- the runner sent at most {figures.LatestSend:0} ms late; {figures.Errors} errors in the gateway's log, {figures.Unobserved} unobserved exceptions")
            .ToString();
    }

    private static string Losses(RunFigures figures) => figures.Lost.Count == 0
        ? "0"
        : $"{figures.Lost.Values.Sum()} ({string.Join(", ", figures.Lost.Select(entry => $"{entry.Value} {entry.Key}"))})";

    private static string Times(Phase phase) => phase.Pages == 0 ? "–" : string.Create(
        CultureInfo.InvariantCulture, $"{phase.Percentile(0.5):0.0} / {phase.Percentile(0.99):0.0} / {phase.Percentile(0.999):0} / {phase.Slowest:0}");

    private static string Seconds(double? seconds) => seconds is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.0} s") : "–";

    private static string Times(double? times) => times is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00} x") : "–";
}
