using System.Text.Json.Nodes;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class HedgingTests
{
    private const int Ordinary = 60;

    [Fact]
    public async Task V036_A_slow_question_is_asked_elsewhere_too_the_loser_is_let_go_and_few_are_asked_twice()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var first = await ScriptedService.StartAsync();
        await using var second = await ScriptedService.StartAsync();
        first.Answers("/list", "<p>first</p>");
        second.Answers("/list", "<p>second</p>");
        await using var gateway = await StartAsync(first, second, "1s");

        // A busy machine makes some of them slow, and they use up a part of the share of one in twenty: until there is room for one more.
        var asked = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                Assert.Matches("<p>(first|second)</p>", await gateway.GetAsync($"/patient?n={asked++}"));
                return asked >= Ordinary && (second.Count("/list") + 1) * 20 <= asked;
            },
            "a question may be asked twice");

        first.Answers("/list", Answer.Hangs.WhenCutOff(() => left.TrySetResult()));
        var before = second.Count("/list");
        Assert.Contains("<p>second</p>", await gateway.GetAsync("/patient?n=-1"), StringComparison.Ordinal);
        await left.Task.WaitAsync(Eventually.Deadline);
        Assert.Equal("2", second.Requests[^1].Headers["Stitcher-Attempt"]);

        await Task.WhenAll(Enumerable.Range(asked, 6).Select(n => gateway.GetAsync($"/?n={n}")));

        Assert.InRange(second.Count("/list"), before + 1, (asked + 7) / 20);
        Assert.Empty(gateway.Log.Events("CircuitOpened"));
    }

    [Fact]
    public async Task V037_With_one_destination_nothing_is_asked_twice()
    {
        await using var only = await ScriptedService.StartAsync();
        only.Answers("/list", "<p>first</p>");
        await using var gateway = await StartAsync(only, null, "400ms");
        for (var i = 0; i < Ordinary; i++)
        {
            Assert.Contains("<p>first</p>", await gateway.GetAsync($"/patient?n={i}"), StringComparison.Ordinal);
        }

        only.Answers("/list", Answer.Hangs);
        Assert.Contains("No list.", await gateway.GetAsync("/?n=1000"), StringComparison.Ordinal);
        Assert.InRange(only.Count("/list"), Ordinary, Ordinary + 1);
    }

    [Fact]
    public async Task Unless_it_is_turned_on_nothing_is_asked_twice()
    {
        await using var first = await ScriptedService.StartAsync();
        await using var second = await ScriptedService.StartAsync();
        first.Answers("/list", Answer.Hangs);
        second.Answers("/list", "<p>second</p>");
        await using var gateway = await StartAsync(first, second, "400ms", hedge: false);
        Assert.Contains("No list.", await gateway.GetAsync("/?n=1000"), StringComparison.Ordinal);
        Assert.Equal(0, second.Count("/list"));
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService first, ScriptedService? second, string timeout, bool hedge = true) => GatewayUnderTest.StartAsync(setup =>
    {
        setup.Service("products", first.Address, "List=/list").With("Resilience:Hedge", hedge)
            .Set("ReverseProxy:Clusters:products:LoadBalancingPolicy", "FirstAlphabetical")
            .Page("/", $"<fragment src=\"products/List?n={{query.n=0}}\" timeout=\"{timeout}\"><p>No list.</p></fragment>", ("Deadline", JsonValue.Create("30s")))
            .Page("/patient", "<fragment src=\"products/List?n={query.n=0}\" timeout=\"18s\"><p>No list.</p></fragment>", ("Deadline", JsonValue.Create("30s")));
        if (second is not null)
        {
            setup.Set("ReverseProxy:Clusters:products:Destinations:two:Address", second.Address);
        }
    });
}
