using System.Net;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>Forms that pages of other sites send here, with the reader's session along.</summary>
public sealed class ForeignFormTests
{
    [Theory]
    [InlineData("/form", "Sec-Fetch-Site: cross-site")]
    [InlineData("/form", "Sec-Fetch-Site: same-site")]
    [InlineData("/form", "Sec-Fetch-Site: cross-site", "Origin: {own}")]
    [InlineData("/form", "Origin: https://evil.example")]
    [InlineData("/form", "Origin: null")]
    [InlineData("/form", "Origin: https://{host}")]
    [InlineData("/form", "Origin: http://127.0.0.1")]
    [InlineData("/form", "Origin: {own}.evil.example")]
    [InlineData("/form", "Origin: {own}", "Origin: https://evil.example")]
    [InlineData("/form", "Sec-Fetch-Site: none", "Origin: https://evil.example")]
    [InlineData("/page", "Sec-Fetch-Site: cross-site")]
    [InlineData("/page", "Origin: https://evil.example")]
    public async Task A_form_from_a_page_of_another_site_is_refused_before_its_service_hears_of_it(string path, params string[] headers)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/form", "<p>taken</p>").Answers("/page", "<p>taken</p>");
        await using var gateway = await StartAsync(service);

        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE", "INVENTED" })
        {
            using var answer = await RawPage.SendAsync(gateway.Address, method, path, [.. Own(gateway, headers), "Content-Length: 0"]);
            await answer.ReadToEndAsync();
            Assert.Equal(403, answer.Status);
            Assert.Contains("<h1>This is not open to you</h1>", answer.Body, StringComparison.Ordinal);
            Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        }

        Assert.Empty(service.Requests);
        await gateway.Log.FirstAsync("ForeignFormRefused");
    }

    [Fact]
    public async Task Whoever_sends_many_does_not_fill_the_log_and_none_goes_uncounted()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, setup => setup.Time = clock);

        await SendAsync(5);
        clock.Advance(TimeSpan.FromSeconds(11));
        await SendAsync(1);

        Assert.Equal([0L, 4L], (await gateway.Log.AtLeastAsync("ForeignFormRefused", 2)).Select(record => record.Fields["Unsaid"]));

        async Task SendAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/form") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
                using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            }
        }
    }

    [Theory]
    [InlineData("/form")]
    [InlineData("/form", "Sec-Fetch-Site: same-origin")]
    [InlineData("/form", "Sec-Fetch-Site: same-origin", "Origin: {own}")]
    [InlineData("/form", "Sec-Fetch-Site: none")]
    [InlineData("/form", "Origin: {own}")]
    [InlineData("/form", "Origin: HTTP://{host}")]
    [InlineData("/form", "Sec-Fetch-Site: cross-site", "Origin: https://help.example.com")]
    [InlineData("/form", "Origin: https://help.example.com")]
    [InlineData("/hook", "Origin: https://anybody.example")]
    [InlineData("/page")]
    [InlineData("/page", "Sec-Fetch-Site: same-origin")]
    [InlineData("/page", "Origin: {own}")]
    public async Task A_form_of_this_site_passes_and_so_do_programs_and_origins_that_are_allowed(string path, params string[] headers)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/form", "<p>taken</p>").Answers("/page", "<p>taken</p>").Answers("/hook", "<p>taken</p>");
        await using var gateway = await StartAsync(service, setup => setup
            .Set("Stitcher:FormOrigins:0", "https://help.example.com")
            .ProxyRoute("hook", "/hook", "shop")
            .Set("ReverseProxy:Routes:hook:Metadata:Stitcher.AllowOrigins", "*"));

        using var answer = await RawPage.SendAsync(gateway.Address, "POST", path, [.. Own(gateway, headers), "Content-Length: 0"]);
        await answer.ReadToEndAsync();

        Assert.Equal(200, answer.Status);
        Assert.Contains("<p>taken</p>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_is_open_to_links_from_everywhere_and_opening_a_socket_is_not()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/form", "<p>read</p>");
        await using var gateway = await StartAsync(service);

        Assert.Contains("read", await gateway.GetAsync("/form", null, ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://other.example")), StringComparison.Ordinal);
        using var socket = await RawPage.RequestAsync(
            gateway.Address, "/form", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "Origin: https://other.example");
        await socket.ReadUntilAsync("</html>");

        Assert.Equal(403, socket.Status);
        Assert.Single(service.Requests);
    }

    private static IEnumerable<string> Own(GatewayUnderTest gateway, string[] headers) => headers.Select(header => header
        .Replace("{own}", gateway.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
        .Replace("{host}", gateway.Address.Authority, StringComparison.Ordinal));

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, Action<GatewaySetup>? more = null) => GatewayUnderTest.StartAsync(setup =>
    {
        setup.Service("shop", service.Address, "Form=/fragment")
            .Page("/page", "<fragment src=\"shop/Form\" primary timeout=\"8s\"></fragment>", ("Deadline", "10s"), ("ComposeResponse", true))
            .ProxyRoute("form", "/form", "shop")
            .ProxyRoute("page", "/page", "shop");
        more?.Invoke(setup);
    });
}
