using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class DyingInstanceTests
{
    private static readonly Answer Good = Answer.Html("<p>good</p>");

    [Fact]
    public async Task All_that_was_on_its_way_to_an_instance_that_dies_is_answered_by_the_other()
    {
        const int questions = 60;
        var gate = new Gate();
        await using var dying = RawService.Start(RawAnswer.Nothing().ThenWaitsFor(gate).ThenResets());
        await using var healthy = await ScriptedService.StartAsync();
        healthy.Answers("/card", Good);
        await using var proxy = ServicesBehindTheProxy.At(dying.Address, healthy.Address);
        var asking = Enumerable.Range(0, questions).Select(_ => proxy.AskAsync()).ToArray();
        await Eventually.HoldsAsync(() => dying.Connections == questions, "all have asked the one");
        gate.Open();
        Assert.All(await Task.WhenAll(asking).WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken), response => Assert.True(response.Succeeded, response.Detail));
        Assert.Equal(questions, healthy.Count("/card"));
        Assert.Equal("closed", proxy.Client.Circuit.Name);
    }

    [Fact]
    public async Task An_instance_that_is_down_neither_loses_a_question_nor_opens_the_circuit_of_its_service()
    {
        await using var healthy = await ScriptedService.StartAsync();
        healthy.Answers("/card", Good);

        // The clock stands still: its rest does not end before the last question.
        await using var proxy = ServicesBehindTheProxy.At(new FakeTimeProvider(DateTimeOffset.UtcNow), $"http://127.0.0.1:{FreePort.Take()}/", healthy.Address);
        for (var i = 0; i < 20; i++)
        {
            using var response = await proxy.AskAsync();
            Assert.True(response.Succeeded, response.Detail);
        }

        Assert.Empty(proxy.Log.Events("CircuitOpened"));
        Assert.Single(proxy.Log.Events("DestinationEjected"));
    }

    [Fact]
    public async Task An_instance_that_rests_is_asked_when_the_only_other_one_fails_and_is_back_when_it_answers()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var first = await ScriptedService.StartAsync();
        await using var second = await ScriptedService.StartAsync();
        first.Answers("/card", Answer.Status(500));
        second.Answers("/card", Good);
        await using var proxy = ServicesBehindTheProxy.At(clock, first.Address, second.Address);
        await PutOutAsync(proxy, first);

        var before = first.Count("/card");
        first.Answers("/card", Good);
        second.Answers("/card", Answer.Aborts);

        // The clock stands still: nobody waits before they ask elsewhere.
        using var saved = await proxy.AskAsync().WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
        Assert.True(saved.Succeeded, saved.Detail);
        Assert.Equal(before + 1, first.Count("/card"));
        await Eventually.HoldsAsync(async () => await AskedAsync(proxy, first) == 1, "it is asked first again, its rest not being over");
    }

    [Fact]
    public async Task All_that_was_on_its_way_to_the_last_instance_is_answered_by_one_that_rests_and_is_back()
    {
        const int questions = 60;
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gate = new Gate();
        await using var first = await ScriptedService.StartAsync();
        await using var second = await ScriptedService.StartAsync();
        first.Answers("/card", Answer.Status(500));
        second.Answers("/card", Good);
        await using var proxy = ServicesBehindTheProxy.At(clock, first.Address, second.Address);
        await PutOutAsync(proxy, first);

        first.Answers("/card", Good);
        second.Answers("/card", Answer.Aborts.After(gate));
        var before = second.Count("/card");
        var asking = Enumerable.Range(0, questions).Select(_ => proxy.AskAsync()).ToArray();
        await second.HasReceivedAsync("/card", before + questions);
        gate.Open();
        Assert.All(await Task.WhenAll(asking).WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken), response => Assert.True(response.Succeeded, response.Detail));
    }

    [Fact]
    public async Task One_question_at_a_time_finds_out_whether_an_instance_is_back_and_its_first_failure_puts_it_out_again()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var first = await ScriptedService.StartAsync();
        await using var second = await ScriptedService.StartAsync();
        first.Answers("/card", Answer.Status(500));
        second.Answers("/card", Good);
        await using var proxy = ServicesBehindTheProxy.At(clock, first.Address, second.Address);
        await PutOutAsync(proxy, first);

        var gate = new Gate();
        var trial = first.Count("/card") + 1;
        first.Answers("/card", Answer.Status(500).After(gate));
        clock.Advance(TimeSpan.FromSeconds(10));
        var trials = new List<Task<UpstreamResponse>>();
        await Eventually.HoldsAsync(
            async () =>
            {
                trials.Add(proxy.AskAsync());
                await Task.WhenAny(trials[^1], first.HasReceivedAsync("/card", trial));
                return first.Count("/card") == trial;
            },
            "one question goes there");
        for (var i = 0; i < 8; i++)
        {
            using var response = await proxy.AskAsync().WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
            Assert.True(response.Succeeded, response.Detail);
        }

        gate.Open();
        await Task.WhenAll(trials).WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(trial, first.Count("/card"));
        Assert.Equal(2, proxy.Log.Events("DestinationEjected").Count());
        Assert.Contains("20 s", proxy.Log.Events("DestinationEjected").Last().Text, StringComparison.Ordinal);
    }

    // A 500 is not asked again elsewhere, and the circuit has not seen ten.
    private static async Task PutOutAsync(ServicesBehindTheProxy proxy, ScriptedService failing)
    {
        for (var i = 0; i < 5; i++)
        {
            using var response = await proxy.AskAsync();
            Assert.Equal(UpstreamFailure.Status, response.Failure);
        }

        await Eventually.HoldsAsync(async () => await AskedAsync(proxy, failing) == 0, "it is not asked any more");
    }

    private static async Task<int> AskedAsync(ServicesBehindTheProxy proxy, ScriptedService service)
    {
        var before = service.Count("/card");
        using var response = await proxy.AskAsync();
        return service.Count("/card") - before;
    }
}
