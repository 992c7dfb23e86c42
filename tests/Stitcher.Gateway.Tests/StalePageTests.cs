using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class StalePageTests
{
    private const string Token = "tell-me-how-long-it-took";

    [Theory]
    [InlineData("")]
    [InlineData("primary")]
    [InlineData("required")]
    public async Task V017_A_page_shows_the_last_good_fragment_while_its_service_is_down_and_says_so_to_operators(string role)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>old</p>").With("Cache-Control", "max-age=60, stale-while-revalidate=0"));
        var clock = new Ahead();
        await using var gateway = await StartAsync(service, clock, role);
        using var first = await GetAsync(gateway);
        Assert.True(first.Headers.CacheControl!.Public);
        await service.StopAsync();
        clock.Advance(TimeSpan.FromSeconds(90));

        using var response = await GetAsync(gateway);
        Assert.Equal((HttpStatusCode.OK, true), (response.StatusCode, (await response.Content.ReadAsStringAsync()).Contains("<p>old</p>", StringComparison.Ordinal)));
        Assert.Null(response.Headers.Age);
        Assert.Null(response.Headers.ETag);
        Assert.True(response.Headers.CacheControl!.NoStore);

        var record = await gateway.Log.SingleAsync("PageStale");
        Assert.Equal((1, 0, "connect"), (record.Fields["Stale"], record.Fields["Failed"], record.Fields["Causes"]));
        Assert.Matches("service/X stale, 90 s old \\(connect: ", record.Text);
        using var told = await GetAsync(gateway, Token);
        Assert.Matches("desc=\"stale 90s connect\"", Assert.Single(told.Headers.GetValues("Server-Timing")));

        await service.StartAgainAsync();
        await Eventually.HoldsAsync(async () => (await GetAsync(gateway)).Headers.CacheControl!.Public, "the page is whole again");
    }

    [Fact]
    public async Task V101_Five_hundred_browsers_that_come_at_once_cost_one_question()
    {
        await using var service = await ScriptedService.StartAsync();
        var gate = new Gate();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "max-age=60").After(gate));
        await using var gateway = await StartAsync(service, new Ahead(), "");
        var pages = Enumerable.Range(0, 500).Select(_ => gateway.GetAsync("/")).ToList();
        await service.HasReceivedAsync("/x");
        gate.Open();
        Assert.All(await Task.WhenAll(pages), page => Assert.Contains("<p>x</p>", page, StringComparison.Ordinal));
        Assert.Equal(1, service.Count("/x"));
    }

    [Fact]
    public async Task A_service_that_fails_is_asked_once_in_a_second_and_not_once_for_every_page()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Status(500));
        var clock = new Ahead();
        await using var gateway = await StartAsync(service, clock, "", "30s");
        for (var i = 0; i < 5; i++)
        {
            await gateway.GetAsync("/");
        }

        Assert.Equal(1, service.Count("/x"));
        clock.Advance(TimeSpan.FromSeconds(46));
        await gateway.GetAsync("/");
        Assert.Equal(2, service.Count("/x"));
    }

    private static async Task<HttpResponseMessage> GetAsync(GatewayUnderTest gateway, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (token is not null)
        {
            request.Headers.Add("Stitcher-Debug", token);
        }

        return await gateway.Client.SendAsync(request);
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, TimeProvider clock, string role, string failureMemory = "0s") => GatewayUnderTest.StartAsync(setup =>
    {
        setup.Time = clock;
        setup.Set("Stitcher:Diagnostics:Token", Token)
            .Set("Stitcher:Cache:FailureMemory", failureMemory)
            .Service("service", service.Address, "X=/x")
            .Page("/", $"<fragment src=\"service/X\" timeout=\"18s\" {role}></fragment>", ("Deadline", "20s"), ("Delivery", "Buffered"));
    });
}
