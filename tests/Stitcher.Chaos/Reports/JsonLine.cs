using System.Text.Json;
using Stitcher.Chaos.Scenarios;

namespace Stitcher.Chaos.Reports;

/// <summary>A run as one line of JSON, for comparisons between runs.</summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Named = new(JsonSerializerDefaults.Web);

    /// <summary>The line.</summary>
    public static string Of(Verdict verdict) => JsonSerializer.Serialize(
        new
        {
            verdict.Scenario.Id,
            verdict.Scenario.Name,
            Verdict = verdict.Word,
            verdict.Obstacle,
            Promises = verdict.Answers,
            Figures = verdict.Figures is { } figures ? Figures(figures) : null,
        },
        Named);

    private static object Figures(RunFigures figures) => new
    {
        Seconds = figures.Length,
        Pages = figures.Samples.Count,
        Lost = figures.Lost.ToDictionary(entry => entry.Key.ToString(), entry => entry.Value),
        Degraded = figures.Samples.Count(sample => sample.IsDegraded),
        Before = Phase(figures.Before),
        During = Phase(figures.During),
        After = Phase(figures.After),
        MemoryBefore = figures.PeakMemory(0, figures.FaultAt),
        MemoryPeak = figures.PeakMemory(0, figures.Length + 5),
        CpuBefore = figures.Cpu(0, figures.FaultAt),
        CpuDuring = figures.Cpu(figures.FaultAt, figures.HealAt),
        figures.SecondsToNotice,
        SecondsToRecover = figures.Scenario.Touched.Count == 0 ? (double?)null : figures.SecondsToRecover,
        figures.AmplificationUnnoticed,
        figures.AmplificationNoticed,
        figures.Followed,
        figures.Spoilt,
        figures.Outcomes,
        figures.Noted,
        figures.Unobserved,
        figures.Errors,
        figures.LatestSend,
    };

    private static object Phase(Phase phase) => new
    {
        phase.Pages,
        phase.Lost,
        phase.Degraded,
        P50 = phase.Percentile(0.5),
        P99 = phase.Percentile(0.99),
        P999 = phase.Percentile(0.999),
        Max = phase.Slowest,
    };
}
