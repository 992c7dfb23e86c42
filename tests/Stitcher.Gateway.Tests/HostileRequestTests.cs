using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class HostileRequestTests
{
    [Fact]
    public async Task V_060_What_a_client_says_of_itself_does_not_reach_a_fragment()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await StartAsync(service);
        string[] names =
        [
            "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded", "X-Real-IP", "X-Original-URL", "X-Rewrite-URL",
            "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-User", "Authorization", "Proxy-Authorization", "Cookie", "TE", "Expect-CT",
            "If-Match", "If-None-Match", "If-Range", "Range", "Stitcher-Fragment", "Stitcher-Deadline-Ms", "Stitcher-Attempt", "Stitcher-Generation",
        ];

        using var page = await RawPage.RequestAsync(gateway.Address, "/here", [.. names.Select(name => $"{name}: forged")]);
        await page.ReadToEndAsync();

        Assert.Equal(200, page.Status);
        var request = Assert.Single(service.Requests);
        Assert.DoesNotContain(request.Headers, header => header.Value.Contains("forged", StringComparison.Ordinal));
        Assert.Equal(("GET", "/x"), (request.Method, request.Target));
    }

    [Theory]
    [InlineData("GET", "X_Forwarded_For: 6.6.6.6")]
    [InlineData("HEAD", "X_User: admin")]
    [InlineData("OPTIONS", "_: x")]
    [InlineData("POST", "Content_Length: 5")]
    public async Task V_061_A_header_with_an_underscore_is_400(string method, string header)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.SendAsync(gateway.Address, method, "/here", header, "Content-Length: 0");
        await page.ReadToEndAsync();

        Assert.Equal(400, page.Status);
        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData("/a%2f..%2fb")]
    [InlineData("/a%2F")]
    [InlineData("/a%252fb")]
    [InlineData("/a%5cb")]
    [InlineData("/a%255cb")]
    [InlineData("/a\\b")]
    [InlineData("/a%00")]
    [InlineData("/a%2500")]
    [InlineData("/a%0d%0aSet-Cookie:%20x=1")]
    [InlineData("/a%09")]
    [InlineData("/a%7f")]
    [InlineData("/a%c2%85")]
    public async Task V_115_A_path_that_two_readers_read_differently_is_400(string path)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.RequestAsync(gateway.Address, path);
        await page.ReadToEndAsync();

        Assert.Equal(400, page.Status);
        Assert.Null(page.Header("Set-Cookie"));
        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData("/caf%C3%A9")]
    [InlineData("/100%25")]
    [InlineData("/a;b=c,d")]
    [InlineData("/a%20b")]
    [InlineData("/%E2%82%AC")]
    public async Task A_path_that_is_only_unusual_is_a_page(string path)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.RequestAsync(gateway.Address, path);
        await page.ReadToEndAsync();

        Assert.Equal(200, page.Status);
    }

    [Fact]
    public async Task A_hostile_path_is_not_repeated_on_the_error_page()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.RequestAsync(gateway.Address, "/<script>%5calert(1)");
        await page.ReadToEndAsync();

        Assert.DoesNotContain("alert", page.Body, StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
        Assert.Equal(Encoding.UTF8.GetByteCount(page.Body).ToString(), page.Header("Content-Length"));
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service) => GatewayUnderTest.StartAsync(setup => setup
        .Service("shop", service.Address, "X=/x")
        .Page("/{name}", "<main><fragment src=\"shop/X\" timeout=\"8s\" primary></fragment></main>", ("Deadline", "10s"), ("ComposeResponse", true))
        .ProxyRoute("form", "/{**path}", "shop", "POST"));
}
