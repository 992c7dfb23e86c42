using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Caching;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Redis.Tests;

public sealed class OutageTests
{
    // Ten seconds are promised; what is on top of them is a busy machine's.
    private static readonly TimeSpan UsedAgainWithin = 2 * Eventually.Deadline;

    [Fact]
    public async Task V131_A_Redis_that_is_down_at_start_comes_dies_and_returns_costs_no_page_and_is_used_again_within_ten_seconds()
    {
        await using var redis = RedisServer.NotStarted();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x");
        var watch = Stopwatch.StartNew();
        await using var gateway = await Gateways.StartAloneAsync(service, redis.Address);
        await AllPagesAreWholeAsync(gateway, 1);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"start and pages took {watch.Elapsed} without Redis");
        Assert.False(gateway.Shares());

        await redis.StartAgainAsync();
        await gateway.SharesAsync(UsedAgainWithin);
        await AllPagesAreWholeAsync(gateway, 2);
        await redis.HasEntriesAsync(10);

        await redis.KillAsync();
        await AllPagesAreWholeAsync(gateway, 3);
        await Eventually.HoldsAsync(() => !gateway.Shares(), "the gateway does without Redis");
        await AllPagesAreWholeAsync(gateway, 4);

        await redis.StartAgainAsync();
        await gateway.SharesAsync(UsedAgainWithin);
        await AllPagesAreWholeAsync(gateway, 5);
        await redis.HasEntriesAsync(10);
    }

    [Fact]
    public async Task V131_A_Redis_that_was_flushed_costs_no_page_and_purges_go_on()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("old");
        await using var first = await Gateways.StartAsync(service, redis.Address, setup => setup.Set("Stitcher:Redis:PurgeCheck", "200ms"));
        await using var second = await Gateways.StartAsync(service, redis.Address, setup => setup.Set("Stitcher:Redis:PurgeCheck", "200ms"));
        await first.PurgeAsync(PurgeScope.OfService("another"));
        await AllPagesAreWholeAsync(first, 1);
        await AllPagesAreWholeAsync(second, 1);

        await redis.AskAsync("FLUSHALL");
        await AllPagesAreWholeAsync(first, 2);
        await second.ShowsAsync("old", Eventually.Deadline);
        await Eventually.HoldsAsync(
            () => second.Log.Events("RedisDoubted").Any() && first.Log.Events("RedisDoubted").Any(), "both noticed that the log of purges was lost");

        service.Says("new");
        await first.PurgeAsync(PurgeScope.OfService("service"));
        await second.ShowsAsync("new", Eventually.Deadline);
    }

    [Theory]
    [InlineData("SET", "{stitcher}:1:number", "many")]
    [InlineData("LPUSH", "{stitcher}:1:number", "x")]
    [InlineData("SET", "{stitcher}:1:purges", "x")]
    [InlineData("SET", "{stitcher}:1:number", "-99999999999999999999")]
    public async Task V132_A_number_or_log_that_no_gateway_wrote_costs_no_page_and_heals_when_it_is_gone(params string[] command)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x");
        await using var gateway = await Gateways.StartAsync(service, redis.Address, setup => setup.Set("Stitcher:Redis:PurgeCheck", "100ms"));

        await redis.AskAsync("DEL", command[1]);
        await redis.AskAsync(command[0], command[1..]);
        await AllPagesAreWholeAsync(gateway, 1);
        await gateway.PurgeAsync(PurgeScope.OfService("another"));
        await AllPagesAreWholeAsync(gateway, 2);

        await redis.AskAsync("DEL", command[1]);
        await gateway.SharesAsync();
    }

    [Fact]
    public async Task V133_A_Redis_that_takes_a_second_is_waited_for_once_and_for_fifty_milliseconds()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var way = new SlowWay(redis.Address);
        await using var service = await ScriptedService.StartAsync();
        service.Says("x");
        await using var gateway = await Gateways.StartAsync(service, way.Address, setup => setup.Set("Stitcher:Redis:OperationTimeout", "50ms"));
        await gateway.GetAsync("/?id=first");

        // To a busy machine fifty milliseconds may be too few while nothing is slow: then Redis is not asked at all, and the next try tells.
        var round = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                way.Delay = TimeSpan.Zero;
                await gateway.SharesAsync(UsedAgainWithin);
                using var measured = new Measured(gateway);
                way.Delay = TimeSpan.FromSeconds(1);
                var watch = Stopwatch.StartNew();
                await gateway.GetAsync($"/?id=second-{round}");
                var took = watch.Elapsed;
                await AllPagesAreWholeAsync(gateway, ++round);
                await AllPagesAreWholeAsync(gateway, ++round);

                // What was waited is measured where it is waited: the rest of a page's time is the machine's.
                Assert.InRange(measured.Found("late"), 0, 1);
                return measured.Found("late") == 1 && measured.Finds.Sum() is >= 0.045 and <= 0.5 && took < TimeSpan.FromSeconds(1);
            },
            "one page waits for fifty milliseconds, and no other",
            3 * Eventually.Deadline);

        way.Delay = TimeSpan.Zero;
        await gateway.SharesAsync(UsedAgainWithin);
    }

    [Fact]
    public async Task V133_A_host_ends_at_once_while_its_Redis_does_not_answer()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var way = new SlowWay(redis.Address);
        await using var service = await ScriptedService.StartAsync();
        service.Says("x");
        var gateway = await Gateways.StartAsync(service, way.Address);
        way.Delay = TimeSpan.FromMinutes(1);
        await AllPagesAreWholeAsync(gateway, 1);

        var watch = Stopwatch.StartNew();
        await gateway.DisposeAsync();
        Assert.True(watch.Elapsed < Eventually.Deadline, $"the end took {watch.Elapsed}");
    }

    [Theory]
    [InlineData("Configuration", "127.0.0.1:1,nonsense=7", "Stitcher:Redis:Configuration")]
    [InlineData("Configuration", "127.0.0.1:1,password=hunter2", "a password stands in the settings")]
    [InlineData("Configuration", "env:STITCHER_TEST_NOTHING", "there is no environment variable 'STITCHER_TEST_NOTHING'")]
    [InlineData("SigningKey", "hunter2", "the value is no reference to a key")]
    [InlineData("Prefix", "a b", "'a b' is not a valid name")]
    [InlineData("OperationTimeout", "2s", "'2s' is out of range")]
    [InlineData("EntryBytes", "10", "'10' is out of range")]
    [InlineData("PurgeCheck", "1h", "'1h' is out of range")]
    public async Task A_setting_that_does_not_fit_stops_the_start_and_no_secret_is_repeated(string option, string value, string sentence)
    {
        await using var service = await ScriptedService.StartAsync();
        var refusal = await Assert.ThrowsAnyAsync<Exception>(
            () => Gateways.StartAloneAsync(service, "127.0.0.1:1", setup => setup.Set("Stitcher:Redis:" + option, value)));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_added()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Says("x");
        await using var gateway = await Gateways.StartAloneAsync(service, "");
        Assert.IsType<NoSecondLevel>(gateway.Services.GetRequiredService<ISecondLevel>());
    }

    private static async Task AllPagesAreWholeAsync(GatewayUnderTest gateway, int round)
    {
        for (var i = 0; i < 10; i++)
        {
            using var response = await gateway.Client.GetAsync($"/?id={round}-{i}");
            Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("<p>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
