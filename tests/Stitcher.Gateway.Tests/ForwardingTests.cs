using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class ForwardingTests
{
    [Fact]
    public async Task V_060_Only_the_cookies_that_a_service_declares_reach_it_as_the_browser_wrote_them()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await StartAsync(service, setup => setup.With("Forward:Cookies:0", "theme").With("Forward:Cookies:1", "currency"));

        await gateway.GetAsync("/", "session=secret; theme=a%20b=\"c\"; currency=EUR; themes=secret; currency=USD");
        await gateway.GetAsync("/", "session=secret");

        Assert.Equal("currency=EUR; theme=a%20b=\"c\"", service.Requests[0].Headers["Cookie"]);
        Assert.False(service.Requests[1].Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task A_page_that_shows_what_a_cookie_led_to_is_kept_by_nobody()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "public, max-age=60"));
        await using var gateway = await StartAsync(service, setup => setup.With("Forward:Cookies:0", "theme"));

        using var response = await gateway.Client.GetAsync("/");
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", "de")]
    [InlineData("fr, en;q=0.5, de;q=0.7", "de")]
    [InlineData("fr", "en")]
    [InlineData("en;q=0, de;q=0.1", "de")]
    [InlineData("*", "en")]
    [InlineData("secret\"; drop", "en")]
    [InlineData("PT-br", "pt-BR")]
    [InlineData("", "en")]
    public async Task A_service_that_asks_for_the_language_gets_one_of_the_pages(string wishes, string expected)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await StartAsync(
            service, setup => setup.With("Forward:Language", true), ("Languages:0", "en"), ("Languages:1", "de"), ("Languages:2", "pt-BR"));

        await gateway.GetAsync("/", null, ("Accept-Language", wishes));

        Assert.Equal(expected, Assert.Single(service.Requests).Headers["Accept-Language"]);
    }

    [Fact]
    public async Task Fragments_are_remembered_for_each_language_and_without_a_list_there_is_the_layouts()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "max-age=60").With("Vary", "Accept-Language"));
        await using var gateway = await StartAsync(service, setup => setup
            .With("Forward:Language", true)
            .Page("/many", "<fragment src=\"service/X\" timeout=\"8s\"></fragment>", ("Deadline", "10s"), ("Languages:0", "en"), ("Languages:1", "de")));

        await gateway.GetAsync("/", null, ("Accept-Language", "de"));
        await gateway.GetAsync("/", null, ("Accept-Language", "fr"));
        await gateway.GetAsync("/many", null, ("Accept-Language", "en-GB"));
        await gateway.GetAsync("/many", null, ("Accept-Language", "de-CH, en;q=0.1"));
        await gateway.GetAsync("/many", null, ("Accept-Language", "de"));

        Assert.Equal(["en", "de"], service.Requests.Select(request => request.Headers["Accept-Language"]));
    }

    [Fact]
    public async Task V_060_The_public_and_the_clients_address_are_the_gateways_own_knowledge_and_only_for_services_that_want_them()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await StartAsync(service, setup => setup.With("Forward:PublicAddress", true).With("Forward:ClientAddress", true));

        using var page = await RawPage.RequestAsync(
            gateway.Address, "/", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "Forwarded: for=6.6.6.6");
        await page.ReadToEndAsync();

        var headers = Assert.Single(service.Requests).Headers;
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal(gateway.Address.Authority, headers["X-Forwarded-Host"]);
        Assert.Equal("http", headers["X-Forwarded-Proto"]);
        Assert.False(headers.ContainsKey("Forwarded"));
    }

    [Fact]
    public async Task V_060_A_known_proxy_is_believed_what_it_says_of_the_client()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await StartAsync(service, setup =>
        {
            setup.With("Forward:ClientAddress", true);
            setup.App = static app => app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        });

        using var page = await RawPage.RequestAsync(gateway.Address, "/", "X-Forwarded-For: 6.6.6.6, 203.0.113.7");
        await page.ReadToEndAsync();

        // Loopback is a known proxy by default, and of the list only what that proxy itself has seen counts.
        Assert.Equal("203.0.113.7", Assert.Single(service.Requests).Headers["X-Forwarded-For"]);
    }

    [Fact]
    public async Task The_name_of_a_request_is_the_same_on_the_error_page_and_at_the_services_and_never_the_clients_choice()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Status(500));
        await using var gateway = await StartAsync(service, setup => setup.Page("/primary", "<main><fragment src=\"service/X\" timeout=\"8s\" primary></fragment></main>", ("Deadline", "10s")));

        var page = await gateway.GetAsync("/primary", null, ("X-Request-Id", "mine"), ("Request-Id", "mine"));

        var headers = service.Requests[0].Headers;
        Assert.Contains(headers["X-Request-Id"], page, StringComparison.Ordinal);
        Assert.Contains(headers["X-Request-Id"], headers["traceparent"], StringComparison.Ordinal);
        Assert.NotEqual("mine", headers["X-Request-Id"]);
    }

    [Theory]
    [InlineData("a\u00e9")]
    [InlineData("a\tb")]
    public async Task A_value_that_cannot_be_sent_is_left_out_and_is_no_fault_of_the_service(string value)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await StartAsync(service, setup => setup.With("Forward:Headers:0", "X-A").With("Forward:Cookies:0", "a"));

        using var page = await RawPage.RequestAsync(gateway.Address, "/", "X-A: " + value, "Cookie: a=" + value);
        await page.ReadToEndAsync();

        Assert.Contains(page.Status, new[] { 200, 400 });
        Assert.DoesNotContain(service.Requests, request => request.Headers.ContainsKey("X-A") || request.Headers.ContainsKey("Cookie"));
    }

    [Theory]
    [InlineData("shop-session")]
    [InlineData("shop-sessionC1")]
    [InlineData("SHOP-SESSION")]
    public async Task V_116_The_cookie_of_the_gateways_own_session_cannot_be_declared(string name)
    {
        await using var service = await ScriptedService.StartAsync();
        var exception = await Assert.ThrowsAsync<StitcherConfigurationException>(() => StartAsync(service, setup => setup.WithSignIn().With("Forward:Cookies:0", name)));

        var error = Assert.Single(exception.Errors);
        Assert.Contains("Stitcher:Services:0:Forward:Cookies:0", error, StringComparison.Ordinal);
        Assert.Contains("is the gateway's own session", error, StringComparison.Ordinal);
    }

    private static Task<GatewayUnderTest> StartAsync(
        ScriptedService service, Action<GatewaySetup> write, params (string, System.Text.Json.Nodes.JsonNode?)[] options) => GatewayUnderTest.StartAsync(setup =>
        {
            setup
                .Service("service", service.Address, "X=/x")
                .Page("/", "<fragment src=\"service/X\" timeout=\"8s\"></fragment>", [("Deadline", "10s"), .. options]);
            write(setup);
        });
}
