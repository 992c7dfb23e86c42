using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class ManagementListenerTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_is_told_on_the_management_listener_and_nowhere_else(string path)
    {
        await using var gateway = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await gateway.ManagementClient.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Client.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("x")]
    [InlineData("localhost")]
    public async Task A_host_header_does_not_open_the_management_paths_on_the_public_port(string host)
    {
        await using var gateway = await StartAsync();
        using var page = await RawPage.RequestAsync(
            gateway.Address, "/health/ready", $"Host: {host}:{gateway.Management.Port}", $"X-Forwarded-Host: {host}:{gateway.Management.Port}", $"X-Forwarded-Port: {gateway.Management.Port}");
        Assert.Equal(404, (await page.ReadToEndAsync()).Status);
    }

    [Fact]
    public async Task A_whole_address_as_target_does_not_open_them_either()
    {
        await using var gateway = await StartAsync();
        using var page = await RawPage.RequestAsync(gateway.Address, $"http://127.0.0.1:{gateway.Management.Port}/health/ready", $"Host: 127.0.0.1:{gateway.Management.Port}");
        Assert.Equal(404, (await page.ReadToEndAsync()).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/_s/products/assets/a.css")]
    [InlineData("/proxied/a")]
    public async Task Pages_assets_and_proxied_routes_are_not_on_the_management_listener(string path)
    {
        await using var products = await ScriptedService.StartAsync();
        products.Answers("/assets/a.css", Answer.Of("text/css", "a{}"u8.ToArray())).Answers("/proxied/a", "<p>proxied</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", products.Address)
            .Set("ReverseProxy:Routes:proxied:ClusterId", "products")
            .Set("ReverseProxy:Routes:proxied:Match:Path", "/proxied/{**rest}")
            .Page("/", "<p>page</p>"));

        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.ManagementClient.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_catch_all_page_does_not_swallow_health_on_its_listener()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/{**path}", "<p>any page</p>"));
        Assert.Equal("Healthy", await gateway.ManagementClient.GetStringAsync("/health/ready"));
        Assert.Contains("any page", await gateway.GetAsync("/health/ready"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_answers_are_not_to_be_kept()
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.ManagementClient.GetAsync("/health/live");
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    private static Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(setup => setup.Page("/", "<p>page</p>"));
}
