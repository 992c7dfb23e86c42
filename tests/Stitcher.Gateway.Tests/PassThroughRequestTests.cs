using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class PassThroughRequestTests
{
    [Fact]
    public async Task V_060_A_plain_route_takes_the_gateways_own_words_out_of_a_browsers_mouth()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/raw", Answer.Html("<p>raw</p>"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Service("shop", service.Address).Page("/", "<p>page</p>").ProxyRoute("raw", "/raw", "shop"));

        using var page = await RawPage.RequestAsync(
            gateway.Address,
            "/raw",
            "Stitcher-Identity: forged",
            "Stitcher-Anything: forged",
            "X-Request-Id: forged",
            "Forwarded: for=forged",
            "X-Forwarded-For: forged",
            "X-Forwarded-Host: forged",
            "X-Forwarded-Proto: forged",
            "X-Original-URL: /forged",
            "X-Rewrite-URL: /forged",
            "X-HTTP-Method-Override: forged",
            "X_User: forged",
            "Accept-Language: de",
            "Cookie: basket=7");
        await page.ReadToEndAsync();

        var received = Assert.Single(service.Requests).Headers;
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain(received, header => header.Value.Contains("forged", StringComparison.Ordinal));
        Assert.Equal(("de", "basket=7"), (received["Accept-Language"], received["Cookie"]));
        Assert.NotEmpty(received["X-Request-Id"]);
        Assert.Equal("http", received["X-Forwarded-Proto"]);
    }

    [Fact]
    public async Task V_116_By_a_plain_route_a_service_is_told_who_asks_and_never_sees_the_session()
    {
        using var keys = new IdentityKeys();
        await using var orders = await ScriptedService.StartAsync();
        await using var others = await ScriptedService.StartAsync();
        orders.Answers("/orders/new", Answer.Html("<p>taken</p>"));
        others.Answers("/else", Answer.Html("<p>else</p>"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .WithSignIn()
            .Set("Stitcher:Identity:Key", keys.Reference)
            .Service("orders", orders.Address).With("Identity:Send", true)
            .Service("others", others.Address)
            .Page("/", "<p>page</p>")
            .ProxyRoute("orders", "/orders/{**rest}", "orders")
            .ProxyRoute("others", "/else", "others"));
        var cookie = await gateway.SignInAsync("sub=42&sid=s1&name=Maren");

        await gateway.GetAsync("/orders/new", cookie + "; basket=7", ("Stitcher-Identity", "forged"));
        await gateway.GetAsync("/else", cookie, ("Stitcher-Identity", "forged"));
        await gateway.GetAsync("/orders/new", null);

        Assert.Equal("basket=7", orders.Requests[0].Headers["Cookie"]);
        var told = keys.Read(orders.Requests[0].Headers["Stitcher-Identity"]);
        Assert.Equal(("orders", "42"), (told.GetProperty("aud").GetString(), told.GetProperty("sub").GetString()));
        Assert.DoesNotContain(Assert.Single(others.Requests).Headers, header => header.Key is "Cookie" or "Stitcher-Identity");
        Assert.DoesNotContain(orders.Requests[1].Headers, header => header.Key is "Cookie" or "Stitcher-Identity");
    }
}
