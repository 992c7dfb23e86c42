using Stitcher.Chaos.Load;
using Stitcher.Chaos.Scenarios;
using Stitcher.Chaos.Services;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Chaos.Tests;

public sealed class ReadmeTests
{
    private static string Readme { get; } = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Stitcher.Chaos", "README.md"));

    [Fact]
    public void The_readme_names_every_switch_every_kind_of_page_and_every_way_to_lose_one()
    {
        var named = ChaosCommand.Runner().Options.Select(option => option.Name).Where(name => name != "--version")
            .Concat(PageKind.All)
            .Concat(Enum.GetNames<Loss>().Where(name => name != nameof(Loss.None)));

        Assert.All(named, name => Assert.Contains($"`{name}", Readme, StringComparison.Ordinal));
    }

    [Fact]
    public void The_services_can_answer_wrongly_in_as_many_ways_as_the_readme_says()
    {
        Assert.Contains("nineteen ways", Readme, StringComparison.Ordinal);
        Assert.Equal(19, Enum.GetValues<FaultKind>().Length);
    }

    [Fact]
    public void Every_number_of_the_catalogue_has_a_scenario()
    {
        Assert.All(Enumerable.Range(1, 25), number => Assert.NotEmpty(ScenarioCatalog.Named($"C-{number:00}")));
        Assert.Equal(2, ScenarioCatalog.Named("c-05").Count);
        Assert.Empty(ScenarioCatalog.Named("C-26"));
    }

    [Fact]
    public void Every_scenario_that_can_run_promises_something_and_ends_its_fault_within_the_run() => Assert.All(
        ScenarioCatalog.All.Where(scenario => scenario.Id != "C-22"),
        scenario =>
        {
            Assert.NotEmpty(scenario.Promises);
            Assert.InRange(scenario.FaultAt, 0, scenario.HealAt);
            Assert.All(scenario.Steps, step => Assert.InRange(step.At, 0, scenario.HealAt));
        });
}
