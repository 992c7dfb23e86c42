using System.Text.RegularExpressions;
using Stitcher.Caching;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Redis.Tests;

public sealed class SharingTests
{
    [Fact]
    public async Task What_one_gateway_fetched_another_shows_without_asking_its_service()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x");
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await using var second = await Gateways.StartAsync(service, redis.Address);

        await first.GetAsync("/?id=1");
        await redis.HasEntriesAsync(1);
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("<p>x</p>", await second.GetAsync("/?id=1"), StringComparison.Ordinal);
        }

        Assert.Equal(1, service.Count("/x"));
    }

    [Fact]
    public async Task What_a_gateway_remembers_itself_is_not_looked_for_in_Redis()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x");
        await using var gateway = await Gateways.StartAsync(service, redis.Address);
        using var measured = new Measured(gateway);

        for (var i = 0; i < 20; i++)
        {
            await gateway.GetAsync("/?id=1");
        }

        Assert.Single(measured.Finds);
    }

    [Fact]
    public async Task What_is_in_Redis_goes_away_by_itself_and_what_was_asked_for_does_not_stand_there()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x", "max-age=60, stale-while-revalidate=10, stale-if-error=30");
        await using var gateway = await Gateways.StartAsync(service, redis.Address, setup => setup.Set("Stitcher:Redis:Prefix", "shop"));

        await gateway.GetAsync("/?id=secret");
        var name = await redis.OnlyEntryAsync();

        Assert.Matches(@"\A\{shop\}:1:f:[0-9a-f]{64}\z", name);
        Assert.InRange((await redis.Data.KeyTimeToLiveAsync(name))!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(15));
        Assert.DoesNotContain("secret", (string?)await redis.Data.StringGetAsync(name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cache-Control", "private, max-age=60")]
    [InlineData("Cache-Control", "no-store")]
    [InlineData("Set-Cookie", "a=b")]
    public async Task What_belongs_to_one_browser_or_must_not_be_stored_never_gets_into_Redis(string name, string value)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        var answer = Answer.Html("<p>x</p>").With(name, value);
        service.Answers("/x", request => request.Target.EndsWith("=0", StringComparison.Ordinal) ? Answer.Html("<p>x</p>").With("Cache-Control", "max-age=60")
            : name == "Cache-Control" ? answer : answer.With("Cache-Control", "max-age=60"));
        await using var gateway = await Gateways.StartAsync(service, redis.Address);

        await gateway.GetAsync("/?id=1");
        await gateway.GetAsync("/?id=0");

        // They are written in turn: when the second one is there, the first one would be.
        await redis.HasEntriesAsync(1);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_for_Redis_stays_in_its_gateway()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says(new string('x', 4000));
        await using var gateway = await Gateways.StartAsync(service, redis.Address, setup => setup.Set("Stitcher:Redis:EntryBytes", 2048));
        using var measured = new Measured(gateway);

        await gateway.GetAsync("/?id=1");
        await gateway.GetAsync("/?id=1");

        Assert.Equal((1, 1L), (service.Count("/x"), measured.Kept("too-large")));
        Assert.Empty(await redis.EntriesAsync());
    }

    [Fact]
    public async Task The_rights_that_the_readme_names_are_enough_and_the_password_is_never_logged()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src/Stitcher.Redis/README.md"));
        var rights = Regex.Match(readme, "A user for it needs `([^`]+)`").Groups[1].Value;
        await using var redis = await RedisServer.StartAsync();
        await redis.AskAsync("ACL", ["SETUSER", "gateway", "on", ">hunter2", .. rights.Split(' ')]);
        Environment.SetEnvironmentVariable("STITCHER_TEST_REDIS", redis.Address + ",user=gateway,password=hunter2");
        await using var service = await ScriptedService.StartAsync();
        service.Says("old");
        await using var first = await Gateways.StartAsync(service, "env:STITCHER_TEST_REDIS");
        await using var second = await Gateways.StartAsync(service, "env:STITCHER_TEST_REDIS");
        using var measured = new Measured(second);

        await first.GetAsync("/?id=1");
        await redis.HasEntriesAsync(1);
        await second.GetAsync("/?id=1");
        Assert.Equal((1, 1L), (service.Count("/x"), measured.Found("hit")));

        service.Says("new");
        await first.PurgeAsync(PurgeScope.OfService("service"));
        await second.ShowsAsync("new", Eventually.Deadline);
        foreach (var record in first.Log.Records.Concat(second.Log.Records))
        {
            Assert.DoesNotContain("hunter2", record.Text + record.Exception, StringComparison.Ordinal);
            Assert.NotEqual("RedisCannotListen", record.Event.Name);
        }
    }

    [Fact]
    public async Task The_age_of_an_answer_goes_on_by_the_clock_of_Redis()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x", "max-age=60, stale-while-revalidate=0, stale-if-error=600");
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await using var second = await Gateways.StartAsync(service, redis.Address);
        await first.GetAsync("/?id=1");
        var name = await redis.OnlyEntryAsync();

        // As if it had lain there for two minutes.
        var left = (await redis.Data.KeyTimeToLiveAsync(name))!.Value;
        await redis.Data.KeyExpireAsync(name, left - TimeSpan.FromMinutes(2));
        service.Says("newer");

        Assert.Contains("newer", await second.GetAsync("/?id=1"), StringComparison.Ordinal);
        Assert.Contains("<p>x</p>", await first.GetAsync("/?id=1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prefix", "one", "other")]
    [InlineData("SigningKey", "env:STITCHER_TEST_KEY_ONE", "env:STITCHER_TEST_KEY_OTHER")]
    public async Task Gateways_of_another_prefix_or_key_do_not_take_what_is_not_theirs(string option, string one, string other)
    {
        Environment.SetEnvironmentVariable("STITCHER_TEST_KEY_ONE", Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 32)]));
        Environment.SetEnvironmentVariable("STITCHER_TEST_KEY_OTHER", Convert.ToBase64String([.. Enumerable.Repeat((byte)2, 32)]));
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x");
        await using var first = await Gateways.StartAsync(service, redis.Address, setup => setup.Set("Stitcher:Redis:" + option, one));
        await using var friend = await Gateways.StartAsync(service, redis.Address, setup => setup.Set("Stitcher:Redis:" + option, one));
        await using var stranger = await Gateways.StartAsync(service, redis.Address, setup => setup.Set("Stitcher:Redis:" + option, other));

        await first.GetAsync("/?id=1");
        await redis.HasEntriesAsync(1);
        await friend.GetAsync("/?id=1");
        Assert.Equal(1, service.Count("/x"));
        await stranger.GetAsync("/?id=1");
        Assert.Equal(2, service.Count("/x"));
    }

    [Fact]
    public async Task What_a_form_changed_is_forgotten_in_Redis_and_in_every_gateway()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("old").AnswersBody("/basket/1", _ => Answer.Html("<p>done</p>"));
        void Basket(GatewaySetup setup) => setup
            .Page("/basket/{id}", "<fragment src=\"service/X?id={id}\" timeout=\"8s\" primary></fragment>", ("ComposeResponse", true), ("Deadline", "10s"))
            .ProxyRoute("basket", "/basket/{id}", "service", "POST");
        await using var first = await Gateways.StartAsync(service, redis.Address, Basket);
        await using var second = await Gateways.StartAsync(service, redis.Address, Basket);
        await first.GetAsync("/basket/1");
        await redis.HasEntriesAsync(1);
        await second.GetAsync("/basket/1");
        service.Says("new");

        using var form = new StringContent("quantity=2");
        using var posted = await first.Client.PostAsync("/basket/1", form);

        Assert.Contains("new", await first.GetAsync("/basket/1"), StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            async () => (await second.GetAsync("/basket/1")).Contains("new", StringComparison.Ordinal), "the other gateway shows what the form changed");
    }
}
