using System.Net;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class FallbackChainTests
{
    private static readonly Answer Json = Answer.Of("application/json", Encoding.UTF8.GetBytes("{}"));

    [Theory]
    [InlineData("", "<main></main>")]
    [InlineData("<p>own content</p>", "<main><p>own content</p></main>")]
    public async Task V011_An_optional_fragment_that_is_not_there_costs_its_slot(string content, string expected)
    {
        await using var page = await StartAsync("", content, Answer.Status(404));
        Assert.Equal((HttpStatusCode.OK, true), await page.ShowsAsync(expected));
    }

    [Fact]
    public async Task V012_The_primarys_own_page_about_a_missing_thing_is_shown_in_the_layout()
    {
        await using var page = await StartAsync("primary", "<p>own content</p>", Answer.Html("<p>no such thing</p>").WithStatus(404));
        Assert.Equal((HttpStatusCode.NotFound, true), await page.ShowsAsync("<main><p>no such thing</p></main>"));
    }

    [Fact]
    public async Task V013_A_missing_thing_that_is_told_as_data_is_told_by_the_slots_content()
    {
        await using var page = await StartAsync("primary", "<p>own content</p>", Json.WithStatus(404));
        Assert.Equal((HttpStatusCode.NotFound, true), await page.ShowsAsync("<main><p>own content</p></main>"));
    }

    [Theory]
    [InlineData(410)]
    [InlineData(451)]
    public async Task V014_The_primarys_status_is_the_pages(int status)
    {
        await using var page = await StartAsync("primary", "", Answer.Html("<p>why</p>").WithStatus(status));
        Assert.Equal(((HttpStatusCode)status, true), await page.ShowsAsync("<main><p>why</p></main>"));
    }

    [Fact]
    public async Task V015_Asked_for_patience_a_page_passes_on_a_minute_at_most()
    {
        await using var page = await StartAsync("primary", "", Answer.Status(429).With("Retry-After", "9999"));
        using var response = await page.Gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(60)), (response.StatusCode, response.Headers.RetryAfter!.Delta));
    }

    [Fact]
    public async Task V016_Nothing_to_show_is_an_answer_and_no_degraded_page()
    {
        await using var page = await StartAsync("", "<p>own content</p>", Answer.Status(204).With("Cache-Control", "max-age=60"));
        Assert.Equal((HttpStatusCode.OK, true), await page.ShowsAsync("<main></main>"));
        Assert.Empty(page.Gateway.Log.Events("PageDegraded"));
    }

    [Fact]
    public async Task V019_Another_fragment_stands_in_and_is_remembered_as_itself_only()
    {
        await using var page = await StartAsync("fallback-src=\"spare/Y\"", "<p>own content</p>", Answer.Status(500), Answer.Html("<p>spare</p>").With("Cache-Control", "max-age=60"));
        Assert.Equal((HttpStatusCode.OK, true), await page.ShowsAsync("<main><p>spare</p></main>"));
        page.Service.Answers("/x", "<p>back</p>");
        Assert.Equal((HttpStatusCode.OK, true), await page.ShowsAsync("<main><p>back</p></main>"));
        Assert.Equal((2, 1), (page.Service.Count("/x"), page.Spare.Count("/y")));
    }

    [Theory]
    [InlineData("", "<main></main>")]
    [InlineData("<p>own content</p>", "<main><p>own content</p></main>")]
    public async Task V020_When_that_fails_too_the_slots_content_is_shown_or_nothing(string content, string expected)
    {
        await using var page = await StartAsync("fallback-src=\"spare/Y\"", content, Answer.Status(500), Answer.Status(500));
        Assert.Equal((HttpStatusCode.OK, true), await page.ShowsAsync(expected));
        Assert.Equal((1, 1), (page.Service.Count("/x"), page.Spare.Count("/y")));
        var record = await page.Gateway.Log.SingleAsync("PageDegraded");
        Assert.Equal(("page-0", 200, 1, "invalid"), (record.Fields["Page"], record.Fields["Status"], record.Fields["Failed"], record.Fields["Causes"]));
    }

    private static async Task<Page> StartAsync(string role, string content, Answer answer, Answer? spare = null)
    {
        var service = await ScriptedService.StartAsync();
        var other = await ScriptedService.StartAsync();
        service.Answers("/x", answer);
        other.Answers("/y", spare ?? Answer.Status(500));
        var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x")
            .Service("spare", other.Address, "Y=/y")
            .Page("/", $"<main><fragment src=\"service/X\" timeout=\"8s\" {role}>{content}</fragment></main>", ("Deadline", "10s"), ("Delivery", "Buffered")));
        return new Page(gateway, service, other);
    }

    private sealed record Page(GatewayUnderTest Gateway, ScriptedService Service, ScriptedService Spare) : IAsyncDisposable
    {
        public async Task<(HttpStatusCode, bool)> ShowsAsync(string html)
        {
            using var response = await Gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
            var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (response.StatusCode, page.Contains(html, StringComparison.Ordinal));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Service.DisposeAsync();
            await Spare.DisposeAsync();
        }
    }
}
