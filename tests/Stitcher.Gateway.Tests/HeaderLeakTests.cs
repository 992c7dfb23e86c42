using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class HeaderLeakTests
{
    [Fact]
    public async Task V_060_A_service_learns_nothing_of_the_browser_that_its_slot_does_not_ask_for()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.RequestAsync(
            gateway.Address,
            "/?secret=1",
            "Cookie: session=secret",
            "Authorization: Bearer secret",
            "X-User: admin-secret",
            "X-Forwarded-For: 6.6.6.6-secret",
            "X-Forwarded-Host: secret.example",
            "Forwarded: for=secret",
            "X-Original-URL: /secret",
            "X-Rewrite-URL: /secret",
            "X-HTTP-Method-Override: DELETE-secret",
            "Proxy-Authorization: secret",
            "User-Agent: secret",
            "Referer: http://secret.example/",
            "Accept-Language: secret",
            "Range: bytes=0-1",
            "If-None-Match: \"secret\"",
            "Stitcher-Fragment: secret",
            "Stitcher-Deadline-Ms: 99999999",
            "Cache-Control: no-cache",
            "Pragma: no-cache");
        await page.ReadToEndAsync();

        var request = Assert.Single(service.Requests);
        Assert.Equal(200, page.Status);
        Assert.Equal("/x", request.Target);
        Assert.Subset(
            new HashSet<string>(["Host", "Accept", "Accept-Encoding", "Stitcher-Fragment", "Stitcher-Deadline-Ms", "traceparent", "X-Request-Id"], StringComparer.OrdinalIgnoreCase),
            request.Headers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain(request.Headers.Values, value => value.Contains("secret", StringComparison.Ordinal) || value.Contains("99999999", StringComparison.Ordinal));
        Assert.Equal(new Uri(service.Address).Authority, request.Headers["Host"]);
        Assert.Equal("text/html", request.Headers["Accept"]);
    }

    [Fact]
    public async Task A_fragments_headers_are_not_the_pages()
    {
        await using var service = await ScriptedService.StartAsync();
        string[] foreign =
        [
            "Set-Cookie", "Server", "X-Powered-By", "Content-Security-Policy", "Strict-Transport-Security", "Clear-Site-Data", "Refresh",
            "Service-Worker-Allowed", "Access-Control-Allow-Origin", "Permissions-Policy", "Alt-Svc", "SourceMap", "X-Accel-Redirect", "Location",
            "Content-Language", "ETag", "Last-Modified", "X-Secret",
        ];
        service.Answers("/x", foreign.Aggregate(Answer.Html("<p>x</p>"), (answer, name) => answer.With(name, $"foreign-{name}")));
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await page.ReadToEndAsync();

        Assert.Contains("<p>x</p>", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("foreign-", page.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("foreign-", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_primarys_headers_other_than_status_and_location_are_not_the_pages_either()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").WithStatus(404).With("Set-Cookie", "foreign=1").With("Server", "foreign").With("X-Secret", "foreign"));
        await using var gateway = await StartAsync(service, "primary");

        using var response = await gateway.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("<p>x</p>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("foreign", response.Headers.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/elsewhere", 302)]
    [InlineData("//evil.example/", 502)]
    [InlineData("https://evil.example/", 502)]
    [InlineData("https:evil.example", 502)]
    [InlineData("/\\evil.example", 502)]
    [InlineData("javascript:alert(1)", 502)]
    [InlineData("/\tevil", 502)]
    [InlineData("elsewhere", 502)]
    public async Task A_primary_may_redirect_only_within_the_site(string location, int status)
    {
        await using var service = RawService.Start(RawAnswer.Of($"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x")
            .Page("/", "<main><fragment src=\"service/X\" timeout=\"8s\" primary></fragment></main>", ("Deadline", "10s")));

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await page.ReadToEndAsync();

        Assert.Equal(status, page.Status);
        Assert.Equal(status == 302 ? location : null, page.Header("Location"));
    }

    [Fact]
    public async Task A_services_error_page_and_address_are_not_shown()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<pre>StackTrace at secret.cs</pre>").WithStatus(500));
        await using var gateway = await StartAsync(service, "primary");

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await page.ReadToEndAsync();

        Assert.Equal(502, page.Status);
        Assert.DoesNotContain("secret", page.Received, StringComparison.Ordinal);
        Assert.DoesNotContain(new Uri(service.Address).Port.ToString(), page.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_named_query_parameter_and_cookie_reach_the_service_percent_encoded()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x?q={q}&theme={theme}")
            .Page("/", "<fragment src=\"service/X?q={query.q}&theme={cookie.theme}\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));

        using var page = await RawPage.RequestAsync(gateway.Address, "/?q=a%26b%3Dc%20%2F..&other=secret", "Cookie: theme=dark; session=secret");
        await page.ReadToEndAsync();

        Assert.Equal("/x?q=a%26b%3Dc%20%2F..&theme=dark", Assert.Single(service.Requests).Target);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    [InlineData(".")]
    [InlineData("%2E")]
    public async Task A_value_that_would_climb_in_the_path_fails_the_slot_without_a_request(string value)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/items/{id}/card")
            .Page("/", "<fragment src=\"service/X?id={query.id}\"><p>own content</p></fragment>", ("Deadline", "10s")));

        using var page = await RawPage.RequestAsync(gateway.Address, "/?id=" + value);
        await page.ReadToEndAsync();

        Assert.Contains("own content", page.Body, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Logs_hold_no_query_cookie_or_body()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>secret-body</p>").WithStatus(500));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x?q={q}")
            .Page("/", "<fragment src=\"service/X?q={query.q}\" timeout=\"8s\" primary></fragment>", ("Deadline", "10s")));

        using var page = await RawPage.RequestAsync(gateway.Address, "/?q=secret-query", "Cookie: session=secret-cookie", "Authorization: Bearer secret-token");
        await page.ReadToEndAsync();
        await Eventually.HoldsAsync(() => gateway.Log.Events("PageFailed").Any(), "the failed page is logged");

        // What the web server itself writes about requests is the host's to configure; this is about ours.
        Assert.DoesNotContain(
            gateway.Log.Records.Where(record => record.Category.StartsWith("Stitcher", StringComparison.Ordinal)),
            record => record.Text.Contains("secret", StringComparison.Ordinal));
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, string role = "") => GatewayUnderTest.StartAsync(setup => setup
        .Service("service", service.Address, "X=/x")
        .Page("/", $"<main><fragment src=\"service/X\" timeout=\"8s\" {role}></fragment></main>", ("Deadline", "10s")));
}
