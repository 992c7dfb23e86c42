using Stitcher.Chaos.Load;
using Stitcher.Chaos.Scenarios;
using Stitcher.Chaos.Services;
using Stitcher.Chaos.Reports;
using Xunit;

namespace Stitcher.Chaos.Tests;

/// <summary>A minute of chaos against the real gateway. Only the pages' form counts here, never their time: the machine does other things, too.</summary>
public sealed class ShortRunTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task No_page_is_lost_in_a_minute_in_which_services_die_hang_break_off_and_send_bombs()
    {
        var figures = await RunAsync(ShortForm, Patient with { Length = TimeSpan.FromSeconds(60), Rate = 50 });

        output.WriteLine(MarkdownTable.Notes(Verdict.Of(figures)));
        Assert.Equal(3_000, figures.Samples.Count);
        Assert.True(figures.Lost.Count == 0, Losses(figures));
        Assert.True(figures.During.Degraded > 0, "No page lacked a fragment: the faults did not come to pass.");
        Assert.Equal(0, figures.Followed);
        Assert.Equal(0, figures.Unobserved);
    }

    [Fact]
    public async Task A_page_without_a_slot_is_counted_as_lost()
    {
        var layout = Layouts.Of(PageKind.Plain, null);
        var begin = layout.IndexOf("<div id=\"slot-orders\">", StringComparison.Ordinal);
        var end = layout.IndexOf("<div id=\"slot-analytics\">", StringComparison.Ordinal);
        var scenario = new Scenario("self", "a page lacks a slot") { Mix = PageMix.Only(PageKind.Plain) };

        var figures = await RunAsync(scenario, Patient with { OtherLayouts = new Dictionary<string, string> { [PageKind.Plain] = layout[..begin] + layout[end..] } });

        Assert.Equal(figures.Samples.Count, figures.Lost.GetValueOrDefault(Loss.Shell));
    }

    [Fact]
    public async Task A_slot_that_stays_empty_while_its_service_is_dead_is_counted_as_lost()
    {
        var layout = Layouts.Of(PageKind.Plain, null).Replace("<p class=\"fallback\">users rests</p>", "", StringComparison.Ordinal);
        var scenario = new Scenario("self", "a slot has nothing to show")
        {
            Mix = PageMix.Only(PageKind.Plain),
            Touched = ["users"],
            Steps = [Steps.KillAll(20, "users")],
        };

        var figures = await RunAsync(scenario, PatientEverywhere with { OtherLayouts = new Dictionary<string, string> { [PageKind.Plain] = layout } });

        Assert.True(figures.Lost.GetValueOrDefault(Loss.Slot) > 20, $"Lost: {Losses(figures)}");
        Assert.Equal(0, figures.Before.Lost);
    }

    [Fact]
    public async Task A_dead_primary_that_nothing_stands_in_for_is_counted_as_lost()
    {
        var scenario = new Scenario("self", "the primary is dead")
        {
            Mix = PageMix.Only(PageKind.Plain),
            Touched = [ServiceNames.Primary],
            Steps = [Steps.KillAll(20, ServiceNames.Primary)],
        };

        var figures = await RunAsync(scenario, Patient);

        Assert.True(figures.Lost.GetValueOrDefault(Loss.Status) > 20, $"Lost: {Losses(figures)}");
        Assert.Equal(0, figures.Before.Lost);
    }

    /// <summary>Faults of several scenarios, one upon the other. The primary service lives throughout: this is about what pages owe to the others.</summary>
    private static Scenario ShortForm { get; } = new("short", "kill -9, SIGSTOP, resets and bombs upon one another")
    {
        Touched = ServiceNames.Optional,
        Steps =
        [
            new(6, "10 % resets and bombs", stage => Steps.SpoilAsync(stage, ServiceNames.Optional, 0.1,
            [
                FaultKind.Reset, FaultKind.WrongLength, FaultKind.ChunkGarbage, FaultKind.Huge, FaultKind.GzipBomb, FaultKind.ManyHeaders, FaultKind.Redirect,
                FaultKind.BadText, FaultKind.DeepNesting, FaultKind.Attributes, FaultKind.Formatting, FaultKind.Includes,
            ])),
            Steps.Kill(10, "users", "a"),
            Steps.Do(15, "SIGSTOP analytics a", stage => stage.Fleet.Of("analytics", "a").Pause()),
            Steps.Start(20, "users", "a"),
            Steps.KillAll(22, "orders"),
            Steps.Do(30, "SIGCONT analytics a", stage => stage.Fleet.Of("analytics", "a").Resume()),
            Steps.StartAll(32, "orders"),
            Steps.Mend(40),
        ],
        HealAt = 40,
    };

    private static RunOptions Patient { get; } = new()
    {
        Length = TimeSpan.FromSeconds(6),
        Rate = 20,
        DemandsTime = false,
        Deadline = TimeSpan.FromSeconds(20),
        PrimaryTime = "15s",
        Settings = new Dictionary<string, string>
        {
            ["Stitcher__Limits__ParseTime"] = "5s",
            ["Stitcher__Limits__ConnectTime"] = "5s",
            ["Stitcher__Limits__BetweenBytes"] = "0s",

            // Pages go on coming while a process stands still: what waits for the primary by then is not too much, and it is not the primary that fails.
            ["Stitcher__Limits__PagesInFlight"] = "100000",
            ["Stitcher__Services__0__Resilience__Concurrency"] = "10000",
            ["Stitcher__Services__0__Resilience__Circuit__MinimumCalls"] = "100000",
        },
    };

    /// <summary>The same with all slots as patient as the primary's: one that a busy machine leaves empty is none that the test has emptied.</summary>
    private static RunOptions PatientEverywhere { get; } = Patient with
    {
        Settings = Enumerable.Range(0, ServiceNames.All.Count)
            .Select(service => KeyValuePair.Create($"Stitcher__Services__{service}__Resilience__OptionalTimeout", "15s"))
            .Concat(Patient.Settings)
            .ToDictionary(),
    };

    private static async Task<RunFigures> RunAsync(Scenario scenario, RunOptions options)
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await new ScenarioRun(scenario, options).RunAsync(deadline.Token);
    }

    private static string Losses(RunFigures figures) =>
        string.Join("; ", figures.Samples.Where(sample => sample.Loss != Loss.None).Take(5).Select(sample => $"{sample.Intended:0.0} s {sample.Kind} {sample.Status} {sample.Loss} {sample.Detail}"));
}
