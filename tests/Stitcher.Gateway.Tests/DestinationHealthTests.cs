using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class DestinationHealthTests
{
    private const string Layout = "<main><fragment src=\"products/List?n={query.n=0}\" timeout=\"20s\"><p>No products now.</p></fragment></main>";

    // Each page asks another question: the same one would not be asked again so soon after it failed.
    private int _page;

    [Fact]
    public async Task V039_A_destination_that_fails_five_times_in_a_row_is_out_for_a_while_though_the_circuit_is_closed()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var dying = await ScriptedService.StartAsync();
        await using var healthy = await ScriptedService.StartAsync();
        dying.Answers("/list", Answer.Aborts);
        healthy.Answers("/list", "<p>Two apples.</p>");
        await using var gateway = await StartAsync(clock, dying, healthy);

        await FailAsync(gateway, dying, 5);
        await IsOutAsync(gateway, "one");
        for (var i = 0; i < 8; i++)
        {
            Assert.Contains("Two apples.", await gateway.GetAsync($"/?n={_page++}"), StringComparison.Ordinal);
        }

        Assert.Equal((5, 8), (dying.Count("/list"), healthy.Count("/list")));
        Assert.Empty(gateway.Log.Events("CircuitOpened"));
        Assert.Contains("10 s", (await gateway.Log.SingleAsync("DestinationEjected")).Text, StringComparison.Ordinal);

        // After its rest it is asked again; failing again at once, it rests for twice as long.
        clock.Advance(TimeSpan.FromSeconds(10));
        await IsBackAsync(gateway, "one");
        await FailAsync(gateway, dying, 1);
        await IsOutAsync(gateway, "one");
        Assert.Contains("20 s", (await gateway.Log.AtLeastAsync("DestinationEjected", 2))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task V039_Nine_failures_of_the_only_destination_neither_open_the_circuit_nor_take_it_out()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var only = await ScriptedService.StartAsync();
        only.Answers("/list", Answer.Aborts);
        await using var gateway = await StartAsync(clock, only);
        await FailAsync(gateway, only, 9);
        Assert.Empty(gateway.Log.Events("CircuitOpened"));
        Assert.Empty(gateway.Log.Events("DestinationEjected"));
        only.Answers("/list", "<p>Two apples.</p>");
        Assert.Contains("Two apples.", await gateway.GetAsync($"/?n={_page++}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_destinations_fail_half_of_them_at_most_are_out()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var first = await ScriptedService.StartAsync();
        await using var second = await ScriptedService.StartAsync();
        first.Answers("/list", Answer.Aborts);
        second.Answers("/list", Answer.Aborts);
        await using var gateway = await StartAsync(clock, first, second, minimumCalls: 1_000);
        await FailAsync(gateway, first, 5);
        await IsOutAsync(gateway, "one");
        await FailAsync(gateway, second, 12);
        await gateway.Log.SingleAsync("DestinationEjected");
    }

    [Fact]
    public async Task What_proxied_requests_learn_of_a_destination_fragments_know_and_the_other_way_round()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var dying = await ScriptedService.StartAsync();
        await using var healthy = await ScriptedService.StartAsync();
        dying.Answers("/list", "<p>Two rotten pears.</p>").Answers("/api", Answer.Status(503));
        healthy.Answers("/list", "<p>Two apples.</p>").Answers("/api", "<p>well</p>");
        await using var gateway = await StartAsync(clock, dying, healthy);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Client.GetAsync("/api")).StatusCode);
        }

        await IsOutAsync(gateway, "one");
        Assert.Contains("Two apples.", await gateway.GetAsync($"/?n={_page++}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/api")).StatusCode);
    }

    [Fact]
    public async Task An_operators_own_health_checks_stay_as_they_are()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var dying = await ScriptedService.StartAsync();
        await using var healthy = await ScriptedService.StartAsync();
        dying.Answers("/list", Answer.Aborts);
        await using var gateway = await StartAsync(clock, dying, healthy, minimumCalls: 1_000, passive: false);
        await FailAsync(gateway, dying, 12);
        Assert.Empty(gateway.Log.Events("DestinationEjected"));
    }

    [Fact]
    public async Task When_probes_find_every_destination_down_one_is_tried_all_the_same()
    {
        await using var only = await ScriptedService.StartAsync();
        only.Answers("/list", "<p>Two apples.</p>").Answers("/probe", Answer.Status(500));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", only.Address, "List=/list")
            .Set("ReverseProxy:Clusters:products:HealthCheck:Active:Enabled", true)
            .Set("ReverseProxy:Clusters:products:HealthCheck:Active:Interval", "00:00:00.2")
            .Set("ReverseProxy:Clusters:products:HealthCheck:Active:Path", "/probe")
            .Page("/", Layout, ("Deadline", "30s")));
        await only.HasReceivedAsync("/probe", 5);
        Assert.Contains("Two apples.", await gateway.GetAsync($"/?n={_page++}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task V030_A_browser_that_leaves_frees_what_only_it_waited_for_and_is_held_against_nobody()
    {
        const int atLeast = 12;
        var visits = 0;
        var cutOff = Channel.CreateUnbounded<long>();
        await using var slow = await ScriptedService.StartAsync();
        await using var other = await ScriptedService.StartAsync();
        slow.Answers("/list", Answer.Hangs.WhenCutOff(() => cutOff.Writer.TryWrite(Stopwatch.GetTimestamp())));
        await using var gateway = await StartAsync(TimeProvider.System, slow, other);
        var quickest = TimeSpan.MaxValue;

        // The quickest of some tells the gateway from a busy machine.
        await Eventually.HoldsAsync(
            async () =>
            {
                var browser = await RawPage.RequestAsync(gateway.Address, $"/?n={_page++}");
                await slow.HasReceivedAsync("/list", ++visits);
                var left = Stopwatch.GetTimestamp();
                browser.Dispose();

                // Its question is cut off for this browser, and no other one is.
                var took = Stopwatch.GetElapsedTime(left, await cutOff.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken));
                quickest = took < quickest ? took : quickest;
                return visits >= atLeast && quickest <= TimeSpan.FromMilliseconds(50);
            },
            "a question is cut off within 50 ms of its browser's leaving");
        Assert.False(cutOff.Reader.TryRead(out _));
        await Eventually.HoldsAsync(async () => (await ServiceAsync(gateway)).GetProperty("inFlight").GetInt32() == 0, "no question is left");
        slow.Answers("/list", "<p>Two apples.</p>");
        Assert.Contains("Two apples.", await gateway.GetAsync($"/?n={_page++}"), StringComparison.Ordinal);
        Assert.Empty(gateway.Log.Events("CircuitOpened"));
        Assert.Empty(gateway.Log.Events("DestinationEjected"));
    }

    // One page after another, without second attempts: each is one failure of the first destination that may be asked.
    private async Task FailAsync(GatewayUnderTest gateway, ScriptedService service, int times)
    {
        var before = service.Count("/list");
        for (var i = 1; i <= times; i++)
        {
            Assert.Contains("No products now.", await gateway.GetAsync($"/?n={_page++}"), StringComparison.Ordinal);
        }

        Assert.Equal(before + times, service.Count("/list"));
    }

    private static Task IsOutAsync(GatewayUnderTest gateway, string destination) => Eventually.HoldsAsync(
        async () => await DestinationAsync(gateway, destination) is { } it && !it.GetProperty("available").GetBoolean() && it.GetProperty("outUntil").ValueKind == JsonValueKind.String,
        $"the plan tells that {destination} is out and until when");

    private static Task IsBackAsync(GatewayUnderTest gateway, string destination) => Eventually.HoldsAsync(
        async () => (await DestinationAsync(gateway, destination)).GetProperty("available").GetBoolean(), $"{destination} is back");

    private static async Task<JsonElement> DestinationAsync(GatewayUnderTest gateway, string name) =>
        (await ServiceAsync(gateway)).GetProperty("destinations").EnumerateArray().Single(d => d.GetProperty("name").GetString() == name);

    private static async Task<JsonElement> ServiceAsync(GatewayUnderTest gateway) =>
        JsonDocument.Parse(await gateway.ManagementClient.GetStringAsync("/_stitcher/plan")).RootElement.GetProperty("services")[0];

    private static Task<GatewayUnderTest> StartAsync(TimeProvider time, ScriptedService first, ScriptedService? second = null, int minimumCalls = 10, bool? passive = null) =>
        GatewayUnderTest.StartAsync(setup =>
        {
            setup.Time = time;
            setup.Service("products", first.Address, "List=/list")
                .With("Resilience:Retry", false).With("Resilience:Circuit:MinimumCalls", minimumCalls)
                .Set("ReverseProxy:Clusters:products:LoadBalancingPolicy", "FirstAlphabetical")
                .ProxyRoute("api", "/api", "products")
                .Page("/", Layout, ("Deadline", "30s"));
            if (second is not null)
            {
                setup.Set("ReverseProxy:Clusters:products:Destinations:two:Address", second.Address);
            }

            if (passive is not null)
            {
                setup.Set("ReverseProxy:Clusters:products:HealthCheck:Passive:Enabled", passive);
            }
        });
}
