using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class PassThroughTests
{
    private static readonly string[] ForTheWholeSite =
    [
        "Content-Security-Policy", "Content-Security-Policy-Report-Only", "Strict-Transport-Security", "Clear-Site-Data", "Refresh", "Service-Worker-Allowed",
        "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Permissions-Policy", "Report-To", "Reporting-Endpoints", "NEL", "Alt-Svc", "SourceMap",
        "X-Accel-Redirect", "X-Sendfile", "Server", "X-Powered-By",
    ];

    [Fact]
    public async Task V_078_What_a_service_says_for_the_whole_site_does_not_reach_the_browser_by_a_plain_route()
    {
        await using var service = await StartServiceAsync();
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.RequestAsync(gateway.Address, "/raw");
        await page.ReadToEndAsync();

        Assert.Equal((200, "<p>raw</p>", "kept"), (page.Status, page.Body, page.Header("X-Own")));
        Assert.Equal("a=1", page.Header("Set-Cookie"));
        Assert.DoesNotContain("foreign", page.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task V_078_Nor_by_a_page_or_an_asset()
    {
        await using var service = await StartServiceAsync();
        await using var gateway = await StartAsync(service);

        foreach (var path in new[] { "/page", "/_s/shop/assets/a.js" })
        {
            using var page = await RawPage.RequestAsync(gateway.Address, path);
            await page.ReadToEndAsync();
            Assert.Equal(200, page.Status);
            Assert.DoesNotContain("foreign", page.Head, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_routes_metadata_lets_named_headers_through()
    {
        await using var service = await StartServiceAsync();
        await using var gateway = await StartAsync(service, setup => setup.Set("ReverseProxy:Routes:raw:Metadata:Stitcher.AllowHeaders", "access-control-*, Content-Security-Policy"));

        using var page = await RawPage.RequestAsync(gateway.Address, "/raw");
        await page.ReadToEndAsync();

        Assert.Equal(
            ["Access-Control-Allow-Credentials", "Access-Control-Allow-Origin", "Content-Security-Policy"],
            ForTheWholeSite.Where(name => page.Header(name) == "foreign").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_operator_sets_on_the_route_stays()
    {
        await using var service = await StartServiceAsync();
        await using var gateway = await StartAsync(service, setup => setup
            .Set("ReverseProxy:Routes:raw:Transforms:0:ResponseHeader", "Content-Security-Policy")
            .Set("ReverseProxy:Routes:raw:Transforms:0:Set", "default-src 'self'"));

        using var page = await RawPage.RequestAsync(gateway.Address, "/raw");
        await page.ReadToEndAsync();

        Assert.Equal("default-src 'self'", page.Header("Content-Security-Policy"));
        Assert.DoesNotContain("foreign", page.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_that_names_a_header_which_passes_anyway_is_an_error_at_start()
    {
        await using var service = await StartServiceAsync();
        var refused = await Assert.ThrowsAsync<StitcherConfigurationException>(() => StartAsync(
            service, setup => setup.Set("ReverseProxy:Routes:raw:Metadata:Stitcher.AllowHeaders", "Content-Security-Polizei")));

        Assert.Contains("Stitcher.AllowHeaders names 'Content-Security-Polizei'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ReverseProxy:Routes:raw", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<ScriptedService> StartServiceAsync()
    {
        var service = await ScriptedService.StartAsync();
        var answer = ForTheWholeSite.Aggregate(Answer.Html("<p>raw</p>").With("X-Own", "kept").With("Set-Cookie", "a=1"), (a, name) => a.With(name, "foreign"));
        return service.Answers("/raw", answer).Answers("/x", answer).Answers("/assets/a.js", answer.With("Content-Type", "text/javascript"));
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, Action<GatewaySetup>? more = null) => GatewayUnderTest.StartAsync(setup =>
    {
        setup.Service("shop", service.Address, "X=/x")
            .Page("/page", "<main><fragment src=\"shop/X\" timeout=\"8s\" primary></fragment></main>", ("Deadline", "10s"))
            .ProxyRoute("raw", "/raw", "shop");
        more?.Invoke(setup);
    });
}
