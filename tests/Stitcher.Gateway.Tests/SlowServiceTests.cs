using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class SlowServiceTests
{
    private static readonly string Long = $"<p>{new string('.', 300)}</p>";

    public static TheoryData<string, Answer> Slownesses => new()
    {
        { "hangs before the headers", Answer.Hangs },
        { "hangs behind the headers", Answer.Html(Long).BodyAfter(new Gate()) },
        { "hangs in mid-body", Answer.Html(Long).HangingAfter(20) },
        { "drips", Answer.Html(Long).Dripping(TimeSpan.FromMilliseconds(100)) },
    };

    [Theory]
    [MemberData(nameof(Slownesses))]
    public async Task A_slow_service_costs_its_slots_time_and_shows_the_slots_content(string slowness, Answer answer)
    {
        await using var slow = await ScriptedService.StartAsync();
        slow.Answers("/slow", answer);
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("slow", slow.Address, "Slow=/slow")
            .Page("/", "<main><fragment src=\"slow/Slow\" timeout=\"300ms\"><p>Too slow today.</p></fragment></main>"));

        var watch = Stopwatch.StartNew();
        using var response = await gateway.Client.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<main><p>Too slow today.</p></main>", page, StringComparison.Ordinal);
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(290), $"a service that {slowness} was given up after {watch.Elapsed}");

        // The drip would take thirty seconds, for which no client waits; the others never end.
        Assert.InRange(slow.Count("/slow"), 0, 1);
    }

    [Fact]
    public async Task Slow_services_are_waited_for_together_not_one_after_another()
    {
        var clock = new FakeTimeProvider();
        await using var slow = await ScriptedService.StartAsync();
        slow.Answers("/slow", Answer.Hangs);
        await using var gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup.Time = clock;
            setup
                .Service("slow", slow.Address, "Slow=/slow?n={n}")
                .Page("/", string.Concat(Enumerable.Range(1, 8).Select(n => $"<fragment src=\"slow/Slow?n={n}\" timeout=\"2s\"><p>content {n}</p></fragment>")), ("Deadline", "10s"));
        });

        var asking = gateway.GetAsync("/");
        await slow.HasReceivedAsync("/slow", 8);

        // The time of one is the time of all.
        clock.Advance(TimeSpan.FromSeconds(2));
        var page = await asking;
        Assert.Equal(8, slow.Count("/slow"));
        Assert.Contains("<p>content 1</p><p>content 2</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slots_time_beyond_the_pages_deadline_is_cut_to_it()
    {
        await using var slow = await ScriptedService.StartAsync();
        slow.Answers("/slow", Answer.Hangs);
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("slow", slow.Address, "Slow=/slow")
            .Page("/", "<fragment src=\"slow/Slow\" timeout=\"30s\"><p>Too slow today.</p></fragment>", ("Deadline", "400ms")));

        // No client waits for as long as the slot would.
        Assert.Contains("Too slow today.", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_do_without_a_hanging_service_is_a_504()
    {
        await using var slow = await ScriptedService.StartAsync();
        slow.Answers("/slow", Answer.Hangs);
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("slow", slow.Address, "Slow=/slow")
            .Page("/", "<fragment src=\"slow/Slow\" primary timeout=\"200ms\"></fragment>"));

        using var response = await gateway.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task The_service_is_told_how_much_time_is_left()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x")
            .Page("/", "<fragment src=\"service/X\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));

        await gateway.GetAsync("/");
        Assert.InRange(int.Parse(service.Requests[0].Headers["Stitcher-Deadline-Ms"]), 1, 8000);
    }

    [Fact]
    public async Task Nobody_goes_on_asking_for_a_browser_that_has_left()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var slow = await ScriptedService.StartAsync();
        slow.Answers("/slow", Answer.Hangs.WhenCutOff(left.SetResult));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("slow", slow.Address, "Slow=/slow")
            .Page("/", "<fragment src=\"slow/Slow\" timeout=\"60s\"></fragment>", ("Deadline", "60s")));

        using (await RawPage.RequestAsync(gateway.Address, "/"))
        {
            await slow.HasReceivedAsync("/slow");
        }

        await left.Task.WaitAsync(Eventually.Deadline);
    }
}
