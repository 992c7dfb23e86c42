using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Caching;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Redis.Tests;

public sealed class PurgeTests
{
    // The design allows 5 s; what is on top of it is a busy machine's, and far from the minute for which the old one would be fresh.
    private static readonly TimeSpan Agreed = Eventually.Deadline;

    [Theory]
    [InlineData("service")]
    [InlineData("fragment")]
    [InlineData("target")]
    [InlineData("tag")]
    public async Task A_purge_at_one_gateway_is_a_purge_at_all_and_in_Redis(string kind)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Tagged("old"));
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await using var second = await Gateways.StartAsync(service, redis.Address);
        await first.GetAsync("/?id=1");
        await redis.HasEntriesAsync(1);
        await second.GetAsync("/?id=1");
        service.Answers("/x", Tagged("new"));

        await first.PurgeAsync(kind switch
        {
            "service" => PurgeScope.OfService("service"),
            "fragment" => PurgeScope.OfFragment("service", "X"),
            "target" => PurgeScope.OfTarget("service", "/x?id=1"),
            _ => PurgeScope.OfTag("service", "a"),
        });

        Assert.Contains("new", await first.GetAsync("/?id=1"), StringComparison.Ordinal);
        await second.ShowsAsync("new", Agreed);
    }

    [Theory]
    [InlineData("service/other", "target")]
    [InlineData("b", "tag")]
    public async Task What_a_purge_does_not_mean_stays(string name, string kind)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Tagged("old"));
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await first.GetAsync("/?id=1");
        await redis.HasEntriesAsync(1);

        await first.PurgeAsync(kind == "tag" ? PurgeScope.OfTag("service", name) : PurgeScope.OfTarget("service", name));
        await using var second = await Gateways.StartAsync(service, redis.Address);
        await second.GetAsync("/?id=1");

        Assert.Equal(1, service.Count("/x"));
    }

    [Theory]
    [InlineData("NotStored", 1)]
    [InlineData("Shared", 2)]
    public async Task What_other_gateways_are_told_of_a_form_holds_no_cookie_of_whoever_sent_it(string answers, int purges)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x").Answers("/own", "<p>own</p>");
        await using var gateway = await Gateways.StartAsync(service, redis.Address, setup => setup
            .Service("own", service.Address, "Cart=/own").With("Forward:Cookies:0", "cart").With("Private", answers)
            .Page("/cart", "<fragment src=\"own/Cart\" primary timeout=\"8s\"></fragment><fragment src=\"service/X?id=1\" timeout=\"8s\"></fragment>", ("Deadline", "10s"), ("ComposeResponse", true))
            .ProxyRoute("cart", "/own", "own").ProxyRoute("form", "/cart", "own")
            .Set("ReverseProxy:Routes:form:Transforms:0:PathSet", "/own"));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/cart") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("Cookie", "cart=the-secret-of-a-cart");
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        var records = await redis.PurgesAsync();
        Assert.Equal(purges, records.Count);
        Assert.DoesNotContain(records, record => record.Contains("the-secret-of-a-cart", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Three_gateways_agree_within_five_seconds_though_no_message_arrives()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("old");

        // Nobody may say or hear anything on any channel; the log of purges is all there is.
        await redis.AskAsync("ACL", "SETUSER", "default", "resetchannels");
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await using var second = await Gateways.StartAsync(service, redis.Address);
        await using var third = await Gateways.StartAsync(service, redis.Address);
        foreach (var gateway in new[] { first, second, third })
        {
            await gateway.GetAsync("/?id=1");
            await gateway.Log.FirstAsync("RedisCannotListen");
        }

        service.Says("new");
        var watch = Stopwatch.StartNew();
        await first.PurgeAsync(PurgeScope.OfService("service"));
        await Task.WhenAll(first.ShowsAsync("new", Agreed), second.ShowsAsync("new", Agreed), third.ShowsAsync("new", Agreed));
        TestContext.Current.SendDiagnosticMessage($"agreed after {watch.Elapsed.TotalSeconds:0.0} s without a message");
    }

    [Fact]
    public async Task Three_gateways_agree_within_five_seconds_after_their_ears_were_cut_off()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("old");
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await using var second = await Gateways.StartAsync(service, redis.Address);
        await using var third = await Gateways.StartAsync(service, redis.Address);
        foreach (var gateway in new[] { first, second, third })
        {
            await gateway.GetAsync("/?id=1");
        }

        service.Says("new");
        await redis.AskAsync("CLIENT", "KILL", "TYPE", "pubsub");
        await first.PurgeAsync(PurgeScope.OfService("service"));
        await Task.WhenAll(first.ShowsAsync("new", Agreed), second.ShowsAsync("new", Agreed), third.ShowsAsync("new", Agreed));
    }

    [Fact]
    public async Task A_purge_while_Redis_is_away_reaches_the_others_when_it_is_back()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var way = new SlowWay(redis.Address);
        await using var service = await ScriptedService.StartAsync();
        service.Says("old");
        await using var first = await Gateways.StartAsync(service, way.Address, setup => setup.Set("Stitcher:Redis:OperationTimeout", "100ms"));
        await using var second = await Gateways.StartAsync(service, redis.Address);
        await second.GetAsync("/?id=1");
        await redis.HasEntriesAsync(1);
        await first.GetAsync("/?id=1");

        way.Delay = TimeSpan.FromSeconds(30);
        service.Says("new");
        await first.PurgeAsync(PurgeScope.OfService("service"));
        Assert.Contains("new", await first.GetAsync("/?id=1"), StringComparison.Ordinal);

        way.Delay = TimeSpan.Zero;
        await second.ShowsAsync("new", Eventually.Deadline);
    }

    [Fact]
    public async Task An_older_fetch_cannot_put_back_what_another_gateway_purged()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        var gate = new Gate();
        service.Answers("/x", Answer.Html("<p>old</p>").With("Cache-Control", "max-age=60").After(gate));
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await using var second = await Gateways.StartAsync(service, redis.Address);
        await using var third = await Gateways.StartAsync(service, redis.Address);
        using var measured = new Measured(first);
        var old = first.GetAsync("/?id=1");
        await gate.Reached;
        await second.PurgeAsync(PurgeScope.OfService("service"));
        service.Says("new");
        gate.Open();

        Assert.Contains("old", await old, StringComparison.Ordinal);

        // Either this gateway knew of the purge when the answer came, or it was told when it wrote.
        await Eventually.HoldsAsync(() => measured.Purges("received") == 1, "the purge arrived");
        await first.GetAsync("/?id=2");
        await redis.HasEntriesAsync(1);
        Assert.Contains("new", await third.GetAsync("/?id=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_itself_refuses_an_answer_from_before_the_last_purge()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await Gateways.StartAsync(service, redis.Address);
        var calls = gateway.Services.GetRequiredService<RedisCalls>();
        var before = gateway.Services.GetRequiredService<SharedPurges>().Seen;
        await gateway.PurgeAsync(PurgeScope.OfService("another"));

        var number = await calls.KeepAsync(new byte[32], before, [1, 2, 3], TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(before + 1, number);
        Assert.Empty(await redis.EntriesAsync());

        Assert.Equal(number, await calls.KeepAsync(new byte[32], number, [1, 2, 3], TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Single(await redis.EntriesAsync());
    }

    [Fact]
    public async Task What_was_purged_before_a_gateway_started_is_not_taken_out_by_it()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("old");
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await first.GetAsync("/?id=1");
        await redis.HasEntriesAsync(1);
        await first.PurgeAsync(PurgeScope.OfService("service"));
        service.Says("new");

        await using var late = await Gateways.StartAsync(service, redis.Address);
        using var measured = new Measured(late);
        Assert.Contains("new", await late.GetAsync("/?id=1"), StringComparison.Ordinal);
        Assert.Equal(1, measured.Found("purged"));
    }

    [Fact]
    public async Task A_purge_that_nobody_with_the_key_made_does_not_count()
    {
        Environment.SetEnvironmentVariable("STITCHER_TEST_KEY", Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]));
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x");
        await using var gateway = await Gateways.StartAsync(
            service, redis.Address, setup => setup.Set("Stitcher:Redis:SigningKey", "env:STITCHER_TEST_KEY").Set("Stitcher:Redis:PurgeCheck", "100ms"));
        using var measured = new Measured(gateway);
        await gateway.GetAsync("/?id=1");

        var forged = new PurgeRecord(Guid.NewGuid(), Guid.NewGuid(), new PurgeScope(), IsSoft: false).Write(new Seal((byte[]?)null));
        var number = await redis.Data.StringIncrementAsync("{stitcher}:1:number");
        await redis.Data.SortedSetAddAsync("{stitcher}:1:purges", forged, number);
        await redis.AskAsync("PUBLISH", "{stitcher}:1:purged", forged);
        await Eventually.HoldsAsync(() => measured.Purges("refused") >= 2, "both the message and the record were refused");

        await gateway.GetAsync("/?id=1");
        Assert.Equal(1, service.Count("/x"));
        await gateway.SharesAsync();
    }

    private static Answer Tagged(string text) => Answer.Html($"<p>{text}</p>").With("Cache-Control", "max-age=60").With("Surrogate-Key", "a");
}
