using System.ComponentModel.DataAnnotations;
using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Stitcher.Fragments.Tests.Serving;

public sealed class FragmentAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fragment_is_html_that_nobody_may_keep_unless_it_says_so()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment("Hello", "/hello", () => FragmentMarkup.Html($"<p>hi</p>")));
        using var answer = await service.GetAsync("/hello");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Null(answer.Headers.ETag);
        Assert.Equal(["noindex"], answer.Headers.GetValues("X-Robots-Tag"));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal("<p>hi</p>", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task An_answer_may_have_a_status_of_its_own_with_markup()
    {
        await using var service = await RunningService.StartAsync(static app =>
            app.MapFragment("Form", "/form", () => FragmentResults.Html(422, FragmentMarkup.Html($"<p>No.</p>"))));
        using var answer = await service.GetAsync("/form");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("<p>No.</p>", await answer.Content.ReadAsStringAsync(Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => FragmentResults.Html(204, FragmentMarkup.Empty));
    }

    [Fact]
    public async Task A_fragment_may_send_the_browser_to_another_page_and_nobody_remembers_that_it_did()
    {
        await using var service = await RunningService.StartAsync(static app =>
            app.MapFragment("Private", "/private", () => FragmentResults.SeeOther("/sign-in?return=%2Forders")).CacheFor(TimeSpan.FromSeconds(30)));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(service.Http.BaseAddress!, "/private"), Token);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/sign-in?return=%2Forders", answer.Headers.Location?.OriginalString);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/products?search=blaue Töpfe&page=2", "/products?search=blaue%20T%C3%B6pfe&page=2")]
    [InlineData("/sign-in?return=%2Forders%3Fa%3Db#über", "/sign-in?return=%2Forders%3Fa%3Db#%C3%BCber")]
    [InlineData("/regale/茶", "/regale/%E8%8C%B6")]
    public async Task An_address_that_no_header_can_hold_is_written_as_browsers_would(string written, string sent)
    {
        await using var service = await RunningService.StartAsync(app => app.MapFragment("Private", "/private", () => FragmentResults.SeeOther(written)));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(service.Http.BaseAddress!, "/private"), Token);

        Assert.Equal((HttpStatusCode.SeeOther, sent), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("sign-in")]
    [InlineData("/sign-in\r\nSet-Cookie: x=1")]
    public void An_address_of_elsewhere_is_refused_where_it_is_written(string location) =>
        Assert.Throws<ArgumentException>(() => FragmentResults.SeeOther(location));

    [Fact]
    public async Task Head_has_the_headers_of_get_and_no_body()
    {
        await using var service = await RunningService.StartAsync(static app =>
            app.MapFragment("Hello", "/hello", () => FragmentMarkup.Html($"<p>hi</p>")).CacheFor(TimeSpan.FromSeconds(30)));
        using var get = await service.GetAsync("/hello");
        using var head = await service.SendAsync(HttpMethod.Head, "/hello");

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(9, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal("", await head.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Other_methods_are_not_allowed()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment("Hello", "/hello", () => FragmentMarkup.Empty));
        using var answer = await service.SendAsync(HttpMethod.Post, "/hello");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task The_answers_of_a_fragment_have_the_status_they_are_named_for()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment("A", "/missing", () => FragmentResults.NotFound(FragmentMarkup.Html($"<p>none</p>")));
            app.MapFragment("B", "/nothing", () => FragmentResults.Nothing());
            app.MapFragment("C", "/gone", () => FragmentResults.Gone());
            app.MapFragment("D", "/later", async (CancellationToken token) =>
            {
                await Task.Yield();
                return FragmentResults.Html($"<p>{1}</p>");
            });
        });
        using var missing = await service.GetAsync("/missing");
        using var nothing = await service.GetAsync("/nothing");
        using var gone = await service.GetAsync("/gone");

        Assert.Equal((HttpStatusCode.NotFound, "<p>none</p>"), (missing.StatusCode, await missing.Content.ReadAsStringAsync(Token)));
        Assert.Equal((HttpStatusCode.NoContent, ""), (nothing.StatusCode, await nothing.Content.ReadAsStringAsync(Token)));
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal("<p>1</p>", await service.BodyAsync("/later"));
    }

    [Fact]
    public async Task Head_parts_make_the_answer_a_whole_document()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment("Card", "/card", () =>
            FragmentResults.Html($"<h1>Tea</h1>").Title("Tea & <more>").Description("A \"good\" tea").Canonical("/products/7").Stylesheet("../assets/tea.css")));

        var text = await service.BodyAsync("/card");
        var document = new HtmlParser().ParseDocument(text);

        Assert.StartsWith("<!doctype html>", text, StringComparison.Ordinal);
        Assert.Equal("Tea & <more>", document.Title);
        Assert.Equal("A \"good\" tea", document.QuerySelector("meta[name=description]")!.GetAttribute("content"));
        Assert.Equal("/products/7", document.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal("../assets/tea.css", document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href"));
        Assert.Equal("<h1>Tea</h1>", document.Body!.InnerHtml);
    }

    [Fact]
    public async Task Style_sheets_of_the_mapping_travel_as_links_relative_to_the_fragment()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment("A", "/fragments/a", () => FragmentMarkup.Empty).WithStyles("a.css", "sub/b.css");
            app.MapFragment("B", "/fragments/b/{id}", (string id, FragmentContext context) =>
                FragmentMarkup.Html($"<img alt=\"\" src=\"{context.Asset($"{id}.svg")}\">")).WithStyles("b.css");
        });
        using var a = await service.GetAsync("/fragments/a");
        using var b = await service.GetAsync("/fragments/b/7");

        Assert.Equal("<../assets/a.css>; rel=stylesheet, <../assets/sub/b.css>; rel=stylesheet", a.Headers.GetValues("Link").Single());
        Assert.Equal("<../../assets/b.css>; rel=stylesheet", b.Headers.GetValues("Link").Single());
        Assert.Equal("<img alt=\"\" src=\"../../assets/7.svg\">", await b.Content.ReadAsStringAsync(Token));
        // By the platform's own rules both lead to the service's files.
        Assert.Equal("/assets/b.css", new Uri(new Uri(service.Http.BaseAddress!, "/fragments/b/7"), "../../assets/b.css").AbsolutePath);
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_read_is_explained_in_plain_text()
    {
        await using var service = await RunningService.StartAsync(static app =>
            app.MapFragment("Catalog", "/catalog", (int max, string? category) => FragmentMarkup.Empty), "Development");
        using var answer = await service.GetAsync("/catalog?max=%3Cb%3E");
        using var missing = await service.GetAsync("/catalog");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains("Catalog", text, StringComparison.Ordinal);
        Assert.Contains("max (whole number, required), category (text)", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
    }

    [Theory]
    [InlineData("max=0", HttpStatusCode.BadRequest)]
    [InlineData("max=49", HttpStatusCode.BadRequest)]
    [InlineData("max=48", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    public async Task A_parameter_out_of_its_range_is_refused(string query, HttpStatusCode status)
    {
        await using var service = await RunningService.StartAsync(static app =>
            app.MapFragment("Catalog", "/catalog", ([Range(1, 48)] int max = 12) => FragmentMarkup.Html($"<p>{max}</p>")));
        using var answer = await service.GetAsync("/catalog?" + query);

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.BadRequest)
        {
            Assert.Equal("The field max must be between 1 and 48.", await answer.Content.ReadAsStringAsync(Token));
        }
    }

    [Theory]
    [InlineData("Production", false)]
    [InlineData("Development", true)]
    public async Task A_handler_that_throws_gives_away_nothing_outside_development(string environment, bool tells)
    {
        await using var service = await RunningService.StartAsync(
            static app => app.MapFragment("Broken", "/broken", FragmentMarkup () => throw new InvalidOperationException("the secret reason")), environment);
        using var answer = await service.GetAsync("/broken?token=abc");
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(tells, text.Contains("the secret reason", StringComparison.Ordinal));
        Assert.Contains(service.Log.Lines, static line => line == "Error: The fragment Broken failed.");
    }

    [Fact]
    public async Task The_gateways_deadline_ends_the_work()
    {
        var isCancelled = new TaskCompletionSource();
        await using var service = await RunningService.StartAsync(app => app.MapFragment("Slow", "/slow", async (CancellationToken token) =>
        {
            using var told = token.Register(isCancelled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            return FragmentMarkup.Empty;
        }));
        using var answer = await service.GetAsync("/slow", ("Stitcher-Deadline-Ms", "40"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await isCancelled.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task A_handler_can_see_what_the_gateway_said()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment("A", "/a", (FragmentContext context) =>
            FragmentMarkup.Html($"{context.Address}|{context.Attempt}|{context.TimeLeft?.TotalMilliseconds}")));
        using var asked = await service.GetAsync("/a", ("Stitcher-Fragment", "products/A"), ("Stitcher-Attempt", "2"), ("Stitcher-Deadline-Ms", "5000"));

        Assert.Equal("products/A|2|5000", await asked.Content.ReadAsStringAsync(Token));
        Assert.Equal("|1|", await service.BodyAsync("/a"));
    }

    [Fact]
    public async Task Fragments_work_in_route_groups()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            var group = app.MapGroup("/shop/{tenant}");
            group.MapFragment("Card", "/card/{id:int}", (string tenant, int id) => FragmentMarkup.Html($"<p>{tenant} {id}</p>"));
            app.MapManifest();
        });

        Assert.Equal("<p>north 7</p>", await service.BodyAsync("/shop/north/card/7"));
        Assert.Contains("/shop/{tenant}/card/{id}", await service.BodyAsync("/.well-known/stitcher.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_returns_something_else_is_refused_when_it_is_mapped()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(static () =>
            RunningService.StartAsync(static app => app.MapFragment("Text", "/text", () => "<p>unsafe</p>")));

        Assert.Contains("'Text' returns String; expected FragmentMarkup", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7up")]
    [InlineData("a/b")]
    [InlineData("../a")]
    public async Task A_name_that_cannot_stand_in_an_address_is_refused_when_it_is_mapped(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => RunningService.StartAsync(app => app.MapFragment(name, "/a", () => FragmentMarkup.Empty)));

    [Fact]
    public void Forgetting_AddFragments_is_explained()
    {
        var app = WebApplication.CreateBuilder().Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.MapFragment("A", "/a", () => FragmentMarkup.Empty));
        Assert.Contains("builder.Services.AddFragments", error.Message, StringComparison.Ordinal);
    }
}
