using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class SecondAttemptTests
{
    private const string Layout = "<main><fragment src=\"products/List?n={query.n=0}\" timeout=\"20s\"><p>No products now.</p></fragment></main>";
    private static readonly Answer Good = Answer.Html("<p>Two apples.</p>");

    public static TheoryData<string, Answer> Breaks => new()
    {
        { "before the first byte", Answer.Aborts },
        { "in mid-body", Answer.Html("<p>Two rotten pears.</p>").CutAfter(9) },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task V031_A_connection_that_breaks_costs_a_second_attempt_elsewhere_and_nothing_of_it_is_shown(string when, Answer broken)
    {
        Assert.NotEmpty(when);
        await using var dying = await ScriptedService.StartAsync();
        await using var healthy = await ScriptedService.StartAsync();
        dying.Answers("/list", broken);
        healthy.Answers("/list", Good);
        await using var gateway = await StartAsync(dying, healthy);

        var html = await gateway.GetAsync("/");
        Assert.Contains("<main><p>Two apples.</p></main>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("rotten", html, StringComparison.Ordinal);
        Assert.Equal((1, 1), (dying.Count("/list"), healthy.Count("/list")));
        Assert.Equal("2", healthy.Requests[0].Headers["Stitcher-Attempt"]);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("7", 1)]
    public async Task V032_A_503_is_asked_again_unless_it_says_when_to_come_back(string? retryAfter, int attempts)
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/list", retryAfter is null ? Answer.Status(503) : Answer.Status(503).With("Retry-After", retryAfter), Good);
        await using var gateway = await StartAsync(service);

        Assert.Contains(attempts == 2 ? "Two apples." : "No products now.", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(attempts, service.Count("/list"));
    }

    [Fact]
    public async Task V033_A_timeout_is_not_asked_again()
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/list", Answer.Hangs, Good);
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", service.Address, "List=/list").With("Resilience:OptionalTimeout", "400ms")
            .Page("/", "<fragment src=\"products/List\"><p>No products now.</p></fragment>", ("Deadline", "30s")));

        Assert.Contains("No products now.", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.InRange(service.Count("/list"), 0, 1);
    }

    [Fact]
    public async Task V034_A_form_that_is_passed_through_is_sent_once_even_if_the_connection_breaks()
    {
        await using var service = RawService.Start(RawAnswer.Nothing().ThenResets());
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("orders", service.Address, "Form=/form")
            .ProxyRoute("orders", "/orders", "orders", "POST")
            .Page("/", "<p>page</p>"));

        using var response = await gateway.Client.PostAsync("/orders", new StringContent("a=1"));
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(1, service.Connections);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task V035_A_service_that_breaks_every_connection_is_asked_a_fifth_more_at_most(int minimumCalls)
    {
        const int calls = 200;

        // A fifth of those on their way; when only few are left, three at once all the same.
        const int most = calls + (calls / 5) + 10;
        // Second attempts wait until every first one has failed: otherwise one that is over would make room for the next, and their number would be the machine's.
        var (first, second) = (new Gate(), new Gate());
        var breaks = RawAnswer.Nothing().ThenWaitsFor(first).ThenResets();
        await using var service = RawService.Start([.. Enumerable.Repeat(breaks, calls), RawAnswer.Nothing().ThenWaitsFor(second).ThenResets()]);
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", service.Address, "List=/list")
            .With("Resilience:Concurrency", 1_000).With("Resilience:Circuit:MinimumCalls", minimumCalls)
            .Page("/", Layout, ("Deadline", "30s")));

        var pages = Enumerable.Range(0, calls).Select(n => gateway.GetAsync($"/?n={n}")).ToArray();
        await Eventually.HoldsAsync(() => service.Connections == calls, "every page has asked");
        first.Open();
        await Eventually.HoldsAsync(() => pages.Count(static page => page.IsCompleted) + service.Connections - calls == calls, "every question has failed, or is asked again");
        second.Open();
        Assert.All(await Task.WhenAll(pages), html => Assert.Contains("No products now.", html, StringComparison.Ordinal));

        Assert.InRange(service.Connections, calls, most);
    }

    [Fact]
    public async Task Second_attempts_can_be_turned_off()
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/list", Answer.Aborts, Good);
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", service.Address, "List=/list").With("Resilience:Retry", false)
            .Page("/", Layout, ("Deadline", "30s")));

        Assert.Contains("No products now.", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(1, service.Count("/list"));
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService first, ScriptedService? second = null) => GatewayUnderTest.StartAsync(setup =>
    {
        setup.Service("products", first.Address, "List=/list")
            .Set("ReverseProxy:Clusters:products:LoadBalancingPolicy", "FirstAlphabetical")
            .Page("/", Layout, ("Deadline", "30s"));
        if (second is not null)
        {
            setup.Set("ReverseProxy:Clusters:products:Destinations:two:Address", second.Address);
        }
    });
}
