using Stitcher.Chaos.Scenarios;

namespace Stitcher.Chaos.Reports;

/// <summary>What a run came to.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Figures">What was measured; null when it did not run.</param>
/// <param name="Obstacle">Why it did not run; null when it did.</param>
/// <param name="Answers">Each promise with what was seen.</param>
internal sealed record Verdict(Scenario Scenario, RunFigures? Figures, string? Obstacle, IReadOnlyList<PromiseAnswer> Answers)
{
    /// <summary>Whether nothing that was promised is missed. What cannot run here misses nothing.</summary>
    public bool IsMet => Answers.All(answer => answer.Kept) && (Figures is not null || Obstacle is not null);

    /// <summary>In one word.</summary>
    public string Word => !IsMet ? "MISSED" : Figures is null ? "not run" : "met";

    /// <summary>Judges a run.</summary>
    public static Verdict Of(RunFigures figures) => new(
        figures.Scenario,
        figures,
        null,
        [.. figures.Scenario.Promises.Select(promise => promise.Ask(figures) is var (kept, seen) ? new PromiseAnswer(promise.Text, kept, seen) : null!)]);
}
