using System.Net;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class DeadServiceTests
{
    private const string Layout =
        """
        <main><fragment src="products/List" timeout="8s"><p>No products now.</p></fragment></main>
        <aside><fragment src="users/Greeting" timeout="8s"><p>Hello, stranger.</p></fragment></aside>
        """;

    [Fact]
    public async Task A_dead_service_costs_its_own_slot_and_nothing_else()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(products, users);
        users.Answers("/greeting", "<p>Hello, Ada.</p>");
        await products.StopAsync();

        using var response = await gateway.Client.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<main><p>No products now.</p></main>", page, StringComparison.Ordinal);
        Assert.Contains("<aside><p>Hello, Ada.</p></aside>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_every_service_dead_the_page_is_still_there()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(products, users);
        await products.StopAsync();
        await users.StopAsync();

        using var response = await gateway.Client.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<main><p>No products now.</p></main>", page, StringComparison.Ordinal);
        Assert.Contains("<aside><p>Hello, stranger.</p></aside>", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gateway_starts_and_is_ready_before_any_service_is()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await products.StopAsync();
        await users.StopAsync();
        await using var gateway = await StartAsync(products, users);

        Assert.Equal(HttpStatusCode.OK, (await gateway.ManagementClient.GetAsync("/health/ready")).StatusCode);
        Assert.Contains("No products now.", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_comes_back_is_shown_again()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(products, users);
        products.Answers("/list", "<p>Two apples.</p>");
        await products.StopAsync();
        Assert.Contains("No products now.", await gateway.GetAsync("/"), StringComparison.Ordinal);

        await products.StartAgainAsync();
        Assert.Contains("<main><p>Two apples.</p></main>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_remembered_is_shown_while_its_service_is_dead()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(products, users);
        products.Answers("/list", Answer.Html("<p>Two apples.</p>").With("Cache-Control", "max-age=60"));
        await gateway.GetAsync("/");
        await products.StopAsync();

        Assert.Contains("<main><p>Two apples.</p></main>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_keeps_failing_is_left_alone_for_a_while()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(products, users);
        products.Answers("/list", Answer.Status(500));
        users.Answers("/greeting", "<p>Hello, Ada.</p>");

        await Eventually.HoldsAsync(
            async () =>
            {
                await gateway.GetAsync("/");
                return gateway.Log.Events("CircuitOpened").Any();
            },
            "the circuit of a service that answers nothing but 500 opens");
        var asked = products.Count("/list");
        var page = await gateway.GetAsync("/");

        Assert.Equal(asked, products.Count("/list"));
        Assert.Contains("No products now.", page, StringComparison.Ordinal);
        Assert.Contains("Hello, Ada.", page, StringComparison.Ordinal);
        Assert.Contains("products", Assert.Single(gateway.Log.Events("CircuitOpened")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_asked_for_things_it_does_not_have_is_not_taken_for_broken()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        products.Answers("/list", Answer.Status(404).With("Cache-Control", "no-store"));
        await using var gateway = await StartAsync(products, users);
        for (var i = 0; i < 30; i++)
        {
            await gateway.GetAsync("/");
        }

        Assert.Equal(30, products.Count("/list"));
        Assert.Empty(gateway.Log.Events("CircuitOpened"));
    }

    [Theory]
    [InlineData("primary", "", HttpStatusCode.BadGateway)]
    [InlineData("required", "", HttpStatusCode.BadGateway)]
    [InlineData("primary", "<p>Closed.</p>", HttpStatusCode.ServiceUnavailable)]
    [InlineData("required", "<p>Closed.</p>", HttpStatusCode.ServiceUnavailable)]
    public async Task A_page_that_cannot_do_without_a_dead_service_says_so_and_when_to_come_back(string role, string content, HttpStatusCode status)
    {
        await using var products = await ScriptedService.StartAsync();
        await products.StopAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", products.Address, "List=/list")
            .Page("/", $"<main><fragment src=\"products/List\" {role}>{content}</fragment></main>"));

        using var response = await gateway.Client.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Contains(content, page, StringComparison.Ordinal);
        Assert.DoesNotContain(new Uri(products.Address).Authority, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_destination_of_two_that_is_dead_costs_a_retry_and_no_slot()
    {
        await using var dead = await ScriptedService.StartAsync();
        await using var alive = await ScriptedService.StartAsync();
        await dead.StopAsync();
        alive.Answers("/list", "<p>Two apples.</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", dead.Address, "List=/list")
            .Set("ReverseProxy:Clusters:products:LoadBalancingPolicy", "FirstAlphabetical")
            .Set("ReverseProxy:Clusters:products:Destinations:two:Address", alive.Address)
            .Page("/", "<main><fragment src=\"products/List\" timeout=\"8s\"><p>No products now.</p></fragment></main>", ("Deadline", "10s")));

        Assert.Contains("Two apples.", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(alive.Requests).Headers["Stitcher-Attempt"]);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_remembered_as_shortly_as_one_that_fails()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var products = await ScriptedService.StartAsync();
        products.Answers("/list", Answer.Aborts);
        await using var gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup.Time = clock;
            setup.Set("Stitcher:Cache:FailureMemory", "1s")
                .Service("products", products.Address, "List=/list").With("Resilience:Retry", false)
                .Page("/", "<main><fragment src=\"products/List\" timeout=\"8s\"><p>No products now.</p></fragment></main>", ("Deadline", "30s"));
        });
        Assert.Contains("No products now.", await gateway.GetAsync("/"), StringComparison.Ordinal);
        products.Answers("/list", "<p>Two apples.</p>");

        // A second, give or take a half.
        clock.Advance(TimeSpan.FromSeconds(1.6));
        Assert.Contains("Two apples.", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_not_remembered_while_another_destination_works()
    {
        await using var flaky = await ScriptedService.StartAsync();
        await using var healthy = await ScriptedService.StartAsync();
        flaky.AnswersInTurn("/list", Answer.Aborts, Answer.Html("<p>Two apples.</p>"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Set("Stitcher:Cache:FailureMemory", "1m")
            .Service("products", flaky.Address, "List=/list").With("Resilience:Retry", false)
            .Set("ReverseProxy:Clusters:products:LoadBalancingPolicy", "FirstAlphabetical")
            .Set("ReverseProxy:Clusters:products:Destinations:two:Address", healthy.Address)
            .Page("/", "<main><fragment src=\"products/List\" timeout=\"8s\"><p>No products now.</p></fragment></main>", ("Deadline", "10s")));
        Assert.Contains("No products now.", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Two apples.", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService products, ScriptedService users) => GatewayUnderTest.StartAsync(setup => setup
        .Service("products", products.Address, "List=/list")
        .Service("users", users.Address, "Greeting=/greeting")
        .Page("/", Layout, ("Deadline", "10s")));
}
