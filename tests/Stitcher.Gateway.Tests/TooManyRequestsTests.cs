using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class TooManyRequestsTests
{
    [Fact]
    public async Task V_125_More_pages_than_may_be_under_way_are_503_at_once_and_the_next_one_after_that_is_served()
    {
        var gate = new Gate();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            // It is said once in some time, which does not pass here.
            setup.Time = new FakeTimeProvider();
            setup
                .Service("one", service.Address, "X=/x?n={n}")
                .Page("/", "<fragment src=\"one/X?n={query.n}\" timeout=\"30s\"></fragment>", ("Deadline", "1m"))
                .Page("/other", "<p>other</p>")
                .Set("Stitcher:Limits:PagesInFlight", "2");
        });

        var first = gateway.GetAsync("/?n=1");
        var second = gateway.GetAsync("/?n=2");
        await service.HasReceivedAsync("/x", 2);

        var refusals = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                var watch = Stopwatch.StartNew();
                using var refused = await gateway.Client.GetAsync("/?n=3");
                var body = await refused.Content.ReadAsByteArrayAsync();
                var took = watch.Elapsed;

                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3);
                Assert.InRange(body.Length, 1, 1024);
                Assert.Contains("<h1>", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
                Assert.True(refused.Headers.CacheControl!.NoStore);

                // The machine may be busy; one of many shows what it costs.
                return ++refusals >= 20 && took < TimeSpan.FromMilliseconds(20);
            },
            "a page that is refused is refused within 20 ms");
        Assert.Equal(2, service.Requests.Count);
        await gateway.Log.SingleAsync("PagesRefused");

        gate.Open();
        Assert.Contains("<p>x</p>", await first, StringComparison.Ordinal);
        Assert.Contains("<p>x</p>", await second, StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, "/other") == 200, "there is room again");
    }

    [Fact]
    public async Task V_125_A_form_is_refused_before_it_is_sent_to_its_service()
    {
        var gate = new Gate();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").After(gate)).Answers("/form", Answer.Html("<p>taken</p>"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x")
            .Page("/", "<fragment src=\"one/X\" timeout=\"30s\"></fragment>", ("Deadline", "1m"))
            .Page("/form", "<fragment src=\"one/X\" primary></fragment>", ("ComposeResponse", true))
            .ProxyRoute("form", "/form", "one", "POST")
            .Set("Stitcher:Limits:PagesInFlight", "1"));
        var under = gateway.GetAsync("/");
        await gate.Reached.WaitAsync(Eventually.Deadline);

        using var refused = await gateway.Client.PostAsync("/form", new StringContent("a=b"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.DoesNotContain(service.Requests, request => request.Method == "POST");
        gate.Open();
        await under;
    }

    [Fact]
    public async Task V_126_A_client_that_asks_too_often_is_429_and_others_are_served()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Page("/", "<p>page</p>")
            .Set("Stitcher:RateLimit:Requests", "5")
            .Set("Stitcher:RateLimit:Window", "1h")
            .Set("Stitcher:KnownProxies:0", "127.0.0.0/8"));

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, await StatusAsync(gateway, "/", "203.0.113.7"));
        }

        using var refused = await SendAsync(gateway, "/", "203.0.113.7");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3600);
        Assert.InRange((await refused.Content.ReadAsByteArrayAsync()).Length, 1, 1024);
        Assert.Equal(200, await StatusAsync(gateway, "/", "203.0.113.8"));
        Assert.Equal(200, await StatusAsync(gateway, "/", "2001:db8:0:1::1"));
        Assert.Equal("Healthy", await gateway.ManagementClient.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task V_126_All_addresses_of_one_IPv6_network_are_one_client()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Page("/", "<p>page</p>")
            .Set("Stitcher:RateLimit:Requests", "2")
            .Set("Stitcher:RateLimit:Window", "1h")
            .Set("Stitcher:KnownProxies:0", "127.0.0.1"));

        Assert.Equal(200, await StatusAsync(gateway, "/", "2001:db8:0:1::1"));
        Assert.Equal(200, await StatusAsync(gateway, "/", "2001:db8:0:1:ffff::2"));
        Assert.Equal(429, await StatusAsync(gateway, "/", "2001:db8:0:1:abcd::3"));
        Assert.Equal(200, await StatusAsync(gateway, "/", "2001:db8:0:2::1"));
    }

    [Theory]
    [InlineData("203.0.113.1", "203.0.113.2")]
    [InlineData("203.0.113.1, 198.51.100.9", "203.0.113.2, 198.51.100.9")]
    public async Task V_126_What_a_stranger_says_of_its_address_does_not_make_it_another_client(string first, string second)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Page("/", "<p>page</p>")
            .Set("Stitcher:RateLimit:Requests", "1")
            .Set("Stitcher:RateLimit:Window", "1h")
            .Set("Stitcher:KnownProxies:0", first.Contains(',', StringComparison.Ordinal) ? "127.0.0.1" : "10.0.0.0/8"));

        Assert.Equal(200, await StatusAsync(gateway, "/", first));
        Assert.Equal(429, await StatusAsync(gateway, "/", second));
    }

    [Fact]
    public async Task A_client_that_sends_too_many_forms_is_429_and_may_still_read()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/form", Answer.Html("<p>taken</p>"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x")
            .Page("/", "<p>page</p>")
            .ProxyRoute("form", "/form", "one", "POST")
            .Set("Stitcher:RateLimit:Forms", "2")
            .Set("Stitcher:RateLimit:Window", "1h")
            .Set("Stitcher:KnownProxies:0", "127.0.0.0/8"));

        foreach (var (client, status) in new[] { ("203.0.113.7", 200), ("203.0.113.7", 200), ("203.0.113.7", 429), ("203.0.113.8", 200) })
        {
            using var answer = await SendAsync(gateway, "/form", client, HttpMethod.Post);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(status == 429, answer.Headers.RetryAfter is not null);
            Assert.Equal(200, await StatusAsync(gateway, "/", client));
        }

        Assert.Equal(3, service.Count("/form"));
    }

    private static async Task<int> StatusAsync(GatewayUnderTest gateway, string path, string? client = null)
    {
        using var response = await SendAsync(gateway, path, client);
        return (int)response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayUnderTest gateway, string path, string? client, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (client is not null)
        {
            request.Headers.Add("X-Forwarded-For", client);
        }

        return await gateway.Client.SendAsync(request);
    }
}
