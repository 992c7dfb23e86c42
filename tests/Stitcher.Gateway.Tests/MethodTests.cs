using System.Net;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class MethodTests
{
    private const string Layout = "<main><fragment src=\"shop/Main\" timeout=\"8s\" primary></fragment></main><fragment src=\"shop/Side\" timeout=\"8s\"></fragment>";

    [Theory]
    [InlineData("Auto")]
    [InlineData("Buffered")]
    [InlineData("Streamed")]
    public async Task V_138_HEAD_asks_only_for_what_decides_the_status_and_has_the_status_and_headers_of_GET(string delivery)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/main", Answer.Html("<p>gone</p>").WithStatus(410).With("Cache-Control", "no-store")).Answers("/side", "<p>side</p>");
        await using var gateway = await StartAsync(service, setup => setup.Set("Stitcher:Pages:0:Delivery", delivery));

        using var get = await RawPage.RequestAsync(gateway.Address, "/basket");
        await get.ReadToEndAsync();
        using var head = await RawPage.SendAsync(gateway.Address, "HEAD", "/basket");
        await head.ReadToEndAsync();

        Assert.Equal(410, head.Status);
        Assert.Equal("", head.Body);
        Assert.Equal(NamesOf(get).Except(["Content-Length", "Transfer-Encoding", "ETag"]), NamesOf(head).Except(["Content-Length"]));
        Assert.Null(head.Header("Content-Length"));
        Assert.Equal((2, 1), (service.Count("/main"), service.Count("/side")));
        Assert.DoesNotContain(service.Requests, request => request.Method != "GET");
    }

    [Fact]
    public async Task V_138_HEAD_knows_the_length_when_every_fragment_is_remembered()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/main", Answer.Html("<p>main</p>").With("Cache-Control", "max-age=60")).Answers("/side", Answer.Html("<p>side</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await StartAsync(service);

        using var get = await RawPage.RequestAsync(gateway.Address, "/basket");
        await get.ReadToEndAsync();
        using var head = await RawPage.SendAsync(gateway.Address, "HEAD", "/basket");
        await head.ReadToEndAsync();

        // Asked once for the whole page, which was remembered; the first page may have streamed and then had no length.
        using var again = await RawPage.RequestAsync(gateway.Address, "/basket");
        await again.ReadToEndAsync();
        Assert.Equal(again.Header("Content-Length"), head.Header("Content-Length"));
        Assert.NotNull(head.Header("Content-Length"));
        Assert.Equal((1, 1), (service.Count("/main"), service.Count("/side")));
    }

    [Fact]
    public async Task V_138_OPTIONS_is_answered_by_the_gateway_with_the_methods_of_the_address()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, setup => setup
            .ProxyRoute("form", "/basket", "shop", "POST")
            .ProxyRoute("items", "/basket/{id:int}", "shop", "DELETE"));

        using var page = await RawPage.SendAsync(gateway.Address, "OPTIONS", "/basket");
        await page.ReadToEndAsync();

        Assert.Equal(204, page.Status);
        Assert.Equal("GET, HEAD, OPTIONS, POST", page.Header("Allow"));
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task V_138_OPTIONS_and_TRACE_do_not_reach_a_route_that_takes_every_method()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, setup => setup.ProxyRoute("all", "/{**path}", "shop"));

        using var options = await RawPage.SendAsync(gateway.Address, "OPTIONS", "/basket");
        await options.ReadToEndAsync();
        using var trace = await RawPage.SendAsync(gateway.Address, "TRACE", "/basket");
        await trace.ReadToEndAsync();

        Assert.Equal((204, "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"), (options.Status, options.Header("Allow")));
        Assert.Equal((405, "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"), (trace.Status, trace.Header("Allow")));
        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PUT")]
    [InlineData("PROPFIND")]
    public async Task V_138_A_method_that_nobody_takes_is_405_with_those_that_somebody_does(string method)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, setup => setup.ProxyRoute("form", "/basket", "shop", "POST"));

        using var page = await RawPage.SendAsync(gateway.Address, method, "/basket", "Content-Length: 0");
        await page.ReadToEndAsync();

        Assert.Equal((405, "GET, HEAD, OPTIONS, POST"), (page.Status, page.Header("Allow")));
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task V_138_CONNECT_opens_nothing()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, setup => setup.ProxyRoute("all", "/{**path}", "shop"));

        foreach (var target in new[] { "/basket", new Uri(service.Address).Authority })
        {
            using var page = await RawPage.SendAsync(gateway.Address, "CONNECT", target);
            await page.ReadToEndAsync();
            Assert.InRange(page.Status, 400, 405);
        }

        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task V_138_A_range_is_ignored_and_not_passed_on()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/main", "<p>main</p>").Answers("/side", "<p>side</p>");
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.RequestAsync(gateway.Address, "/basket", "Range: bytes=0-3", "If-Range: \"x\"");
        await page.ReadToEndAsync();

        Assert.Equal((200, "none"), (page.Status, page.Header("Accept-Ranges")));
        Assert.Contains("<p>side</p>", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Requests, request => request.Headers.ContainsKey("Range") || request.Headers.ContainsKey("If-Range"));
    }

    [Theory]
    [InlineData("GET", "Content-Length: 1", "x")]
    [InlineData("HEAD", "Content-Length: 1", "x")]
    [InlineData("GET", "Transfer-Encoding: chunked", "1\r\nx\r\n0\r\n\r\n")]
    public async Task V_107_Reading_a_page_with_a_body_is_400(string method, string header, string body)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.SendAsync(gateway.Address, method, "/basket", header, "X-End: 1\r\n\r\n" + body);
        await page.ReadToEndAsync();

        Assert.Equal(400, page.Status);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Another_method_goes_to_the_proxys_route_of_the_same_path_untouched()
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersBody("/basket", body => Answer.Of("application/json", Encoding.UTF8.GetBytes($"{{\"got\":\"{body}\"}}")).WithStatus(202).With("X-Own", "1"));
        await using var gateway = await StartAsync(service, setup => setup.ProxyRoute("form", "/basket", "shop"));

        using var response = await gateway.Client.PatchAsync("/basket?x=1", new StringContent("quantity=2"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("{\"got\":\"quantity=2\"}", await response.Content.ReadAsStringAsync());
        Assert.True(response.Headers.Contains("X-Own"));
        var request = Assert.Single(service.Requests);
        Assert.Equal(("PATCH", "/basket?x=1"), (request.Method, request.Target));
    }

    [Fact]
    public async Task An_answer_to_another_method_leaves_as_it_comes()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket", Answer.Html("<p>raw</p>").WithStatus(201).HangingAfter(6));
        await using var gateway = await StartAsync(service, setup => setup.ProxyRoute("form", "/basket", "shop"));

        using var page = await RawPage.SendAsync(gateway.Address, "POST", "/basket", "Content-Length: 0");
        await page.ReadUntilAsync("<p>raw");

        Assert.Equal((201, "<p>raw"), (page.Status, page.Body));
    }

    [Fact]
    public async Task The_page_is_read_though_a_route_takes_every_method_of_its_path()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/main", "<p>main</p>").Answers("/basket", "<p>raw</p>");
        await using var gateway = await StartAsync(service, setup => setup.ProxyRoute("form", "/basket", "shop"));

        Assert.Contains("<main><p>main</p></main>", await gateway.GetAsync("/basket"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> NamesOf(RawPage page) => page.Head.Split("\r\n").Skip(1).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal);

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, Action<GatewaySetup>? more = null) => GatewayUnderTest.StartAsync(setup =>
    {
        setup.Service("shop", service.Address, "Main=/main", "Side=/side").Page("/basket", Layout, ("Deadline", "10s"));
        more?.Invoke(setup);
    });
}
