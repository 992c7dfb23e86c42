using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>Error pages that the site brings itself.</summary>
public sealed class SiteErrorPageTests
{
    private const string Nothing = "http://127.0.0.1:9/";
    private const string Style = "h1 { color: teal }";

    [Theory]
    [InlineData("GET", "/nowhere", 404, "<h1>Lost, 404</h1>")]
    [InlineData("HEAD", "/nowhere", 404, null)]
    [InlineData("PUT", "/gone", 405, "<h1>Refused, 405</h1>")]
    [InlineData("GET", "/gone", 502, "<h1>Broken, 502</h1>")]
    [InlineData("GET", "/proxied", 502, "<h1>Broken, 502</h1>")]
    [InlineData("POST", "/proxied", 403, "<h1>Refused, 403</h1>")]
    public async Task The_sites_own_page_stands_where_the_gateways_would(string method, string path, int status, string? heading)
    {
        await using var gateway = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Accept", "text/html" }, { "Sec-Fetch-Site", method == "POST" ? "cross-site" : "none" } } };
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal((status, true), ((int)answer.StatusCode, answer.Headers.CacheControl!.NoStore));
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        if (heading is null)
        {
            Assert.Equal(("", true), (page, answer.Content.Headers.ContentLength > 0));
            return;
        }

        Assert.Contains(heading, page, StringComparison.Ordinal);
        Assert.Matches("<code>[0-9a-f]{32}</code>", page);
        Assert.DoesNotContain("<place", page, StringComparison.Ordinal);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operators_get_the_gateways_own_for_their_listener_has_nothing_of_the_site()
    {
        await using var gateway = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere") { Headers = { { "Accept", "text/html" } } };
        using var answer = await gateway.ManagementClient.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<h1>This page does not exist</h1>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_error_page_is_picked_up()
    {
        await using var gateway = await StartAsync();
        await gateway.EditPartAsync("base.html", Base("Mended"));

        await Eventually.HoldsAsync(async () => (await ReadAsync(gateway)).Contains("<h1>Mended, 404</h1>", StringComparison.Ordinal), "the edited page is shown");
    }

    [Fact]
    public async Task An_error_page_that_needs_a_service_or_is_not_there_stops_the_start()
    {
        var exception = await Assert.ThrowsAsync<StitcherConfigurationException>(() => GatewayUnderTest.StartAsync(setup => setup
            .Service("shop", Nothing, "Head=/head")
            .Layout("lost.html", "<p>Lost</p>\n<fragment src=\"shop/Head\"></fragment>")
            .Set("Stitcher:ErrorPages:404", "lost.html")
            .Set("Stitcher:ErrorPages:5xx", "missing.html")
            .Set("Stitcher:ErrorPages:200", "lost.html")));

        Assert.Collection(
            exception.Errors.Order(StringComparer.Ordinal),
            error => Assert.StartsWith("appsettings.json, Stitcher:ErrorPages:200: '200' is no status that an error page has", error, StringComparison.Ordinal),
            error => Assert.StartsWith("layout 'missing.html' of the error page for 5xx cannot be read", error, StringComparison.Ordinal),
            error => Assert.StartsWith("lost.html, line 3: a slot in an error page", error, StringComparison.Ordinal));
    }

    private static async Task<string> ReadAsync(GatewayUnderTest gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere") { Headers = { { "Accept", "text/html" } } };
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static string Base(string word) =>
        $"<!doctype html><html lang=\"en\"><head><title>Away</title><style>{Style}</style></head><body><h1><place name=\"word\">{word}</place>, {{status}}</h1><code>{{request.id}}</code></body></html>";

    private static Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(setup =>
    {
        setup.App = static app => app.UseStitcherErrorPages();
        setup.Service("shop", Nothing, "Head=/head")
            .Page("/gone", "<fragment src=\"shop/Head\" primary></fragment>")
            .ProxyRoute("proxied", "/proxied", "shop")
            .Part("base.html", Base("Lost"))
            .Part("refused.html", "<extend src=\"base.html\"><fill name=\"word\">Refused</fill>")
            .Part("broken.html", "<extend src=\"base.html\"><fill name=\"word\">Broken</fill>")
            .Set("Stitcher:ErrorPages:404", "base.html")
            .Set("Stitcher:ErrorPages:4xx", "refused.html")
            .Set("Stitcher:ErrorPages:5XX", "broken.html");
    });
}
