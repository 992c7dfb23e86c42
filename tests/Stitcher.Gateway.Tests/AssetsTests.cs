using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class AssetsTests
{
    [Fact]
    public async Task A_services_assets_come_through_the_gateway_without_a_route()
    {
        await using var products = await StartServiceAsync();
        await using var gateway = await StartAsync(products);

        using var response = await gateway.Client.GetAsync("/_s/products/assets/deep/a.css?v=1");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("a{}", await response.Content.ReadAsStringAsync());
        Assert.Equal("text/css", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("max-age=60", response.Headers.CacheControl?.ToString());
        Assert.Equal("\"one\"", response.Headers.ETag?.ToString());
        Assert.Equal("/assets/deep/a.css?v=1", Assert.Single(products.Requests).Target);
    }

    [Theory]
    [InlineData("/_s/products/list")]
    [InlineData("/_s/products/")]
    [InlineData("/_s/products")]
    [InlineData("/_s/nobody/assets/deep/a.css")]
    [InlineData("/_s/products/assets/../list")]
    [InlineData("/_s/products/assets/%2e%2e/list")]
    [InlineData("/_s/products/assets/..%2flist")]
    [InlineData("/_s/products/assets/%2e%2e%2flist")]
    [InlineData("/_s/products/assets/%252e%252e/list")]
    [InlineData("/_s/products/assets/..%5clist")]
    [InlineData("/_s/products/assets/\\..\\list")]
    [InlineData("/_s/products/assets%2f..%2flist")]
    [InlineData("/_s/products//assets/deep/a.css")]
    [InlineData("/_s/products/.well-known/stitcher.json")]
    public async Task Everything_else_of_a_service_stays_hidden(string target)
    {
        await using var products = await StartServiceAsync();
        products.Answers("/list", "<p>secret</p>").Answers("/.well-known/stitcher.json", "secret");
        await using var gateway = await StartAsync(products);

        using var page = await RawPage.RequestAsync(gateway.Address, target);
        await page.ReadToEndAsync();

        Assert.InRange(page.Status, 400, 499);
        Assert.DoesNotContain("secret", page.Received, StringComparison.Ordinal);
        Assert.Empty(products.Requests);
    }

    [Fact]
    public async Task Configured_patterns_take_the_place_of_the_usual_one()
    {
        await using var products = await StartServiceAsync();
        products.Answers("/img/a.svg", Answer.Of("image/svg+xml", "<svg/>"u8.ToArray()));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", products.Address).With("Assets:0", "/img/{**path}")
            .Page("/", "<p></p>"));

        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/_s/products/img/a.svg")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Client.GetAsync("/_s/products/assets/deep/a.css")).StatusCode);
    }

    [Fact]
    public async Task Credentials_pass_in_neither_direction()
    {
        await using var products = await StartServiceAsync();
        products.Answers("/assets/a.js", Answer.Of("text/javascript", "1"u8.ToArray())
            .With("Set-Cookie", "foreign=1").With("Server", "foreign").With("X-Powered-By", "foreign").With("Access-Control-Allow-Origin", "foreign"));
        await using var gateway = await StartAsync(products);

        using var page = await RawPage.RequestAsync(
            gateway.Address, "/_s/products/assets/a.js", "Cookie: session=secret", "Authorization: Bearer secret", "X-User: secret", "Accept: text/javascript");
        await page.ReadToEndAsync();

        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("foreign", page.Head, StringComparison.Ordinal);
        Assert.DoesNotContain(Assert.Single(products.Requests).Headers.Values, value => value.Contains("secret", StringComparison.Ordinal));
        Assert.Equal("text/javascript", products.Requests[0].Headers["Accept"]);
    }

    [Fact]
    public async Task An_asset_that_a_browser_opens_as_a_page_cannot_run_as_one()
    {
        await using var products = await StartServiceAsync();
        products.Answers("/assets/a.svg", Answer.Of("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"u8.ToArray()));
        await using var gateway = await StartAsync(products);

        using var response = await gateway.Client.GetAsync("/_s/products/assets/a.svg");
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Assets_are_read_only(string method)
    {
        await using var products = await StartServiceAsync();
        await using var gateway = await StartAsync(products);

        using var page = await RawPage.SendAsync(gateway.Address, method, "/_s/products/assets/deep/a.css", "Content-Length: 0");
        Assert.Equal(405, (await page.ReadToEndAsync()).Status);
        Assert.Empty(products.Requests);
    }

    [Fact]
    public async Task A_known_asset_is_not_sent_again()
    {
        await using var products = await StartServiceAsync();
        products.Answers("/assets/deep/a.css", request => request.Headers.TryGetValue("If-None-Match", out var tag) && tag == "\"one\""
            ? new Answer().WithStatus(304)
            : Answer.Of("text/css", "a{}"u8.ToArray()));
        await using var gateway = await StartAsync(products);

        using var page = await RawPage.RequestAsync(gateway.Address, "/_s/products/assets/deep/a.css", "If-None-Match: \"one\"");
        Assert.Equal(304, (await page.ReadToEndAsync()).Status);
    }

    [Fact]
    public async Task The_assets_of_a_dead_service_are_a_5xx_that_nobody_keeps()
    {
        await using var products = await StartServiceAsync();
        await using var gateway = await StartAsync(products);
        await products.StopAsync();

        using var response = await gateway.Client.GetAsync("/_s/products/assets/deep/a.css");
        Assert.InRange((int)response.StatusCode, 502, 504);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Relative_addresses_in_a_fragment_lead_to_its_services_assets()
    {
        await using var products = await StartServiceAsync();
        products.Answers("/list", "<img src=\"assets/a.png\" alt=\"\"><a href=\"/products/7\">seven</a><a href=\"#top\">top</a>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", products.Address, "List=/list")
            .Page("/", "<main><fragment src=\"products/List\" timeout=\"8s\"></fragment></main>", ("Deadline", "10s")));

        var page = await gateway.GetAsync("/");
        Assert.Contains("src=\"/_s/products/assets/a.png\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/products/7\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"#top\"", page, StringComparison.Ordinal);
    }

    private static async Task<ScriptedService> StartServiceAsync() => (await ScriptedService.StartAsync())
        .Answers("/assets/deep/a.css", Answer.Of("text/css", "a{}"u8.ToArray()).With("Cache-Control", "max-age=60").With("ETag", "\"one\""));

    private static Task<GatewayUnderTest> StartAsync(ScriptedService products) => GatewayUnderTest.StartAsync(setup => setup
        .Service("products", products.Address)
        .Page("/", "<p></p>"));
}
