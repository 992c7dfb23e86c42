using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class CircuitTests
{
    // Up to a fifth less, never more.
    private static readonly TimeSpan LongestFirstBreak = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task After_ten_failures_a_service_is_left_alone_and_after_a_rest_tried_once()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500));
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);
        await AskAsync(proxy, 10, UpstreamFailure.Status);
        await AskAsync(proxy, 5, UpstreamFailure.CircuitOpen);
        Assert.Equal(10, service.Count("/card"));
        Assert.Single(proxy.Log.Events("CircuitOpened"));

        clock.Advance(LongestFirstBreak);
        await AskAsync(proxy, 1, UpstreamFailure.Status);
        await AskAsync(proxy, 3, UpstreamFailure.CircuitOpen);
        Assert.Equal(11, service.Count("/card"));

        service.Answers("/card", "<p>well</p>");
        clock.Advance(2 * LongestFirstBreak);
        await AskAsync(proxy, 5, UpstreamFailure.None);
        Assert.Single(proxy.Log.Events("CircuitClosed"));
    }

    [Fact]
    public async Task Ten_failures_in_a_row_open_the_circuit_however_much_went_well_before()
    {
        await using var service = await ScriptedService.StartAsync();
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);
        service.Answers("/card", "<p>well</p>");
        await AskAsync(proxy, 200, UpstreamFailure.None);
        service.Answers("/card", Answer.Status(500));
        await AskAsync(proxy, 9, UpstreamFailure.Status);
        service.Answers("/card", "<p>well</p>");
        await AskAsync(proxy, 1, UpstreamFailure.None);
        service.Answers("/card", Answer.Status(500));
        await AskAsync(proxy, 10, UpstreamFailure.Status);
        await AskAsync(proxy, 3, UpstreamFailure.CircuitOpen);
        Assert.Single(proxy.Log.Events("CircuitOpened"));
        Assert.Empty(proxy.Log.Events("CircuitClosed"));

        service.Answers("/card", "<p>well</p>");
        clock.Advance(LongestFirstBreak);
        await AskAsync(proxy, 3, UpstreamFailure.None);
        Assert.Single(proxy.Log.Events("CircuitClosed"));
    }

    [Fact]
    public async Task Nine_failures_are_too_few_to_judge_by()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500));
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        await AskAsync(proxy, 9, UpstreamFailure.Status);
        service.Answers("/card", "<p>well</p>");
        await AskAsync(proxy, 1, UpstreamFailure.None);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(302)]
    public async Task Answers_that_are_no_failures_never_open_the_circuit(int status)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(status));
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        await AskAsync(proxy, 25, UpstreamFailure.None);
        Assert.Equal(25, service.Count("/card"));
    }

    [Fact]
    public async Task V038_Five_failures_of_ten_open_the_circuit_and_the_next_success_closes_it()
    {
        await using var service = await ScriptedService.StartAsync();
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);

        // In turn, so that no row of failures does it, and as far apart as ten seconds allow.
        for (var i = 1; i <= 5; i++)
        {
            service.Answers("/card", "<p>well</p>");
            await AskAsync(proxy, 1, UpstreamFailure.None);
            clock.Advance(TimeSpan.FromSeconds(1));
            service.Answers("/card", Answer.Status(500));
            await AskAsync(proxy, 1, UpstreamFailure.Status);
            Assert.Equal(i == 5 ? "open" : "closed", proxy.Client.Circuit.Name);
            clock.Advance(TimeSpan.FromSeconds(i == 5 ? 0 : 1));
        }

        // The first that is quick tells the gateway from a busy machine.
        await Eventually.HoldsAsync(
            async () =>
            {
                var start = Stopwatch.GetTimestamp();
                await AskAsync(proxy, 1, UpstreamFailure.CircuitOpen);
                return Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(5);
            },
            "who is turned away waits less than 5 ms");
        Assert.InRange(proxy.Client.Circuit.OpenUntil!.Value - clock.GetUtcNow(), TimeSpan.FromSeconds(4), LongestFirstBreak);

        // One tries it; until it has an answer, all others are turned away.
        clock.Advance(LongestFirstBreak);
        var gate = new Gate();
        service.Answers("/card", Answer.Html("<p>well</p>").After(gate));
        var trying = proxy.AskAsync();
        await service.HasReceivedAsync("/card", 11);
        Assert.Equal("half-open", proxy.Client.Circuit.Name);
        await AskAsync(proxy, 3, UpstreamFailure.CircuitOpen);
        gate.Open();
        using var response = await trying;
        Assert.True(response.Succeeded);
        Assert.Equal(("closed", (DateTimeOffset?)null), (proxy.Client.Circuit.Name, proxy.Client.Circuit.OpenUntil));
        Assert.Equal(11, service.Count("/card"));
    }

    [Fact]
    public async Task Failures_that_are_long_past_do_not_count()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500));
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);
        for (var i = 0; i < 4; i++)
        {
            await AskAsync(proxy, 9, UpstreamFailure.Status);
            clock.Advance(TimeSpan.FromSeconds(11));
        }

        Assert.Empty(proxy.Log.Events("CircuitOpened"));
    }

    [Theory]
    [InlineData(10, 5, 10, 10, 10)]
    [InlineData(60, 5, 10, 20, 40, 60, 60)]
    public async Task A_service_that_keeps_failing_rests_twice_as_long_each_time_up_to_ten_seconds_or_what_is_set(int longest, params int[] rests)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500));
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);
        var usual = ResilienceSettings.Default;
        var client = proxy.Clients.For("products", "products", longest == usual.LongestBreak.TotalSeconds ? usual : usual with { LongestBreak = TimeSpan.FromSeconds(longest) });
        await AskAsync(client, 9, UpstreamFailure.Status);
        foreach (var seconds in rests)
        {
            await AskAsync(client, 1, UpstreamFailure.Status);
            var rest = client.Circuit.OpenUntil!.Value - clock.GetUtcNow();
            Assert.InRange(rest.TotalSeconds, seconds * 0.8, seconds);
            clock.Advance(rest - TimeSpan.FromMilliseconds(1));
            await AskAsync(client, 1, UpstreamFailure.CircuitOpen);
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task Timeouts_open_the_circuit_but_not_those_after_less_than_half_of_the_fragments_own_time()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Hangs);
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);
        await TimeOutAsync(12, own: TimeSpan.FromMilliseconds(900));
        Assert.Equal("closed", proxy.Client.Circuit.Name);
        await TimeOutAsync(10, own: TimeSpan.FromMilliseconds(800));
        Assert.Equal("open", proxy.Client.Circuit.Name);

        async Task TimeOutAsync(int times, TimeSpan own)
        {
            var before = service.Count("/card");
            var total = TimeSpan.FromMilliseconds(400);
            var asking = Enumerable.Range(0, times)
                .Select(_ => proxy.Client.SendAsync(new UpstreamRequest("ProductCard", "/card"), total, ServicesBehindTheProxy.Terms, default, own).AsTask()).ToArray();
            await service.HasReceivedAsync("/card", before + times);
            clock.Advance(total);
            Assert.All(await Task.WhenAll(asking), response => Assert.Equal(UpstreamFailure.Timeout, response.Failure));
        }
    }

    [Fact]
    public async Task A_caller_that_leaves_while_it_tries_an_open_circuit_neither_closes_it_nor_lengthens_the_rest()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500));
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);
        await AskAsync(proxy, 10, UpstreamFailure.Status);
        clock.Advance(LongestFirstBreak);
        service.Answers("/card", Answer.Hangs);
        using var gone = new CancellationTokenSource();
        var trying = proxy.AskAsync(clientGone: gone.Token);
        await service.HasReceivedAsync("/card", 11);
        await gone.CancelAsync();
        using var left = await trying;
        Assert.Equal(UpstreamFailure.ClientGone, left.Failure);
        Assert.Equal("open", proxy.Client.Circuit.Name);

        // The next one tries at once; its failure is the second, not the third.
        service.Answers("/card", Answer.Status(500));
        await AskAsync(proxy, 1, UpstreamFailure.Status);
        await AskAsync(proxy, 1, UpstreamFailure.CircuitOpen);
        Assert.InRange((proxy.Client.Circuit.OpenUntil!.Value - clock.GetUtcNow()).TotalSeconds, 8, 12);
        Assert.Equal(2, proxy.Log.Events("CircuitOpened").Count());
    }

    [Fact]
    public async Task Callers_that_leave_do_not_hide_how_many_of_the_others_failed()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var proxy = ServicesBehindTheProxy.At(new FakeTimeProvider(), service.Address);
        service.Answers("/card", Answer.Hangs);
        for (var i = 1; i <= 20; i++)
        {
            using var gone = new CancellationTokenSource();
            var asking = proxy.AskAsync(clientGone: gone.Token);
            await service.HasReceivedAsync("/card", i);
            await gone.CancelAsync();
            (await asking).Dispose();
        }

        service.Answers("/card", Answer.Status(500));
        await AskAsync(proxy, 10, UpstreamFailure.Status);
        await AskAsync(proxy, 1, UpstreamFailure.CircuitOpen);
    }

    [Fact]
    public async Task A_circuit_that_opens_between_two_attempts_does_not_hide_why_the_first_one_failed()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500)).Answers("/other", Answer.Aborts);
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);
        await AskAsync(proxy, 9, UpstreamFailure.Status);

        // Its second attempt waits for the clock; meanwhile another question fails as the tenth.
        var asking = proxy.AskAsync("/other");
        await Eventually.HoldsAsync(() => proxy.Counted("stitcher.attempts.second") == 1, "a second attempt is waiting");
        await AskAsync(proxy, 1, UpstreamFailure.Status);
        Assert.Equal("open", proxy.Client.Circuit.Name);

        // The pause before the second attempt begins a moment after it is counted, however long that moment is.
        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(2));
                return asking.IsCompleted;
            },
            "the second attempt has ended");
        using var response = await asking;
        Assert.Equal(UpstreamFailure.Broken, response.Failure);
        Assert.Equal(1, service.Count("/other"));
    }

    [Fact]
    public async Task One_services_circuit_is_not_anothers()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500)).Answers("/other", "<p>well</p>");
        await using var proxy = ServicesBehindTheProxy.At(new FakeTimeProvider(), service.Address);
        await AskAsync(proxy, 10, UpstreamFailure.Status);
        using var response = await proxy.Clients.For("reviews", "products", ResilienceSettings.Default).SendAsync(new UpstreamRequest("Reviews", "/other"), TimeSpan.FromSeconds(10), new ResponseTerms { BodyBytes = 1_000 }, default);
        Assert.True(response.Succeeded);
    }

    private static Task AskAsync(ServicesBehindTheProxy proxy, int times, UpstreamFailure expected) => AskAsync(proxy.Client, times, expected);

    private static async Task AskAsync(ServiceClient client, int times, UpstreamFailure expected)
    {
        for (var i = 0; i < times; i++)
        {
            using var response = await client.SendAsync(new UpstreamRequest("ProductCard", "/card"), TimeSpan.FromSeconds(10), ServicesBehindTheProxy.Terms, default);
            Assert.Equal(expected, response.Failure);
        }
    }
}
