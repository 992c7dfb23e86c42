using Stitcher.Chaos.Reports;
using Stitcher.Chaos.Scenarios;

namespace Stitcher.Chaos;

/// <summary>Runs scenarios one after another and tells what came of them: the table on standard output, what happens meanwhile on error output.</summary>
internal sealed class ChaosProgram(IReadOnlyList<Scenario> scenarios, RunOptions options, string? json)
{
    /// <summary>Runs them.</summary>
    /// <param name="listOnly">Only says what there is.</param>
    /// <param name="token">Ends the run early.</param>
    /// <returns>0 when every target was met, else 1.</returns>
    public async Task<int> RunAsync(bool listOnly, CancellationToken token)
    {
        if (listOnly)
        {
            foreach (var scenario in scenarios)
            {
                Console.WriteLine($"{scenario.Id,-6} {scenario.Name}: {string.Join("; ", scenario.Promises.Select(promise => promise.Text))}");
            }

            return 0;
        }

        Console.WriteLine(MarkdownTable.Head);
        var verdicts = new List<Verdict>();
        foreach (var scenario in scenarios.TakeWhile(_ => !token.IsCancellationRequested))
        {
            var verdict = await JudgeAsync(scenario, token);
            verdicts.Add(verdict);
            Console.WriteLine(MarkdownTable.Row(verdict));
            if (json is not null)
            {
                await File.AppendAllTextAsync(json, JsonLine.Of(verdict) + "\n", CancellationToken.None);
            }
        }

        Console.WriteLine();
        Console.WriteLine(string.Join('\n', verdicts.Select(MarkdownTable.Notes)));
        return verdicts.TrueForAll(verdict => verdict.IsMet) && !token.IsCancellationRequested ? 0 : 1;
    }

    private async Task<Verdict> JudgeAsync(Scenario scenario, CancellationToken token)
    {
        options.Tell($"{scenario.Id}  {scenario.Name}");
        if (scenario.Obstacle() is { } obstacle)
        {
            return NotRun(scenario, obstacle);
        }

        try
        {
            var verdict = Verdict.Of(await new ScenarioRun(scenario, options).RunAsync(token));
            options.Tell($"{scenario.Id}  {verdict.Word}, {verdict.Figures!.Samples.Count} pages, {verdict.Figures.Lost.Values.Sum()} lost");
            return verdict;
        }
        catch (InvalidOperationException exception) when (scenario.NeedsRedis && exception.Message.Contains("Stitcher:Redis", StringComparison.Ordinal))
        {
            return NotRun(scenario, "this gateway does not know the setting Stitcher:Redis");
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or TimeoutException or IOException or OperationCanceledException)
        {
            // The others shall still be run, but this is no success.
            return Broken(scenario, exception);
        }
    }

    private Verdict Broken(Scenario scenario, Exception exception)
    {
        options.Tell($"{scenario.Id}  could not be run: {exception.Message}");
        return new Verdict(scenario, null, $"it broke ({exception.Message.ReplaceLineEndings(" ")})", [new PromiseAnswer("it runs", false, exception.Message)]);
    }

    private Verdict NotRun(Scenario scenario, string obstacle)
    {
        options.Tell($"{scenario.Id}  not run: {obstacle}");
        return new Verdict(scenario, null, obstacle, []);
    }
}
