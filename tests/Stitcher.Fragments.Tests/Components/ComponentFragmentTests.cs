using System.ComponentModel.DataAnnotations;
using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Stitcher.Fragments.Tests.Components;

public sealed class ComponentFragmentTests
{
    private const string Attack = "</title></p><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_component_is_rendered_with_what_its_address_says_and_gives_its_page_a_head()
    {
        await using var service = await RunningService.StartAsync(static app => app
            .MapFragment<Shelf>("Shelf", "/fragments/{name}/shelf").CacheFor(TimeSpan.FromSeconds(30)).WithStyles("shelf.css").WithModule("shelf.js").HydrateWhen("idle").OpenToBrowsers());
        using var answer = await service.GetAsync("/fragments/desk/shelf?page=3&compact=true&size=Large&since=2026-02-03&words=lamp&words=ruler&q=oak");
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Token));

        Assert.Equal("desk, page 3", page.Title);
        Assert.Equal("All about desk", page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
        Assert.Equal("shelf compact", page.QuerySelector("section")!.ClassName);
        Assert.Equal(["lamp", "ruler"], page.QuerySelectorAll("li").Select(item => item.TextContent));
        Assert.Equal("3 Large oak 2026-02-03", page.QuerySelectorAll("p")[0].TextContent);
        Assert.Equal("../../assets/shelf.svg", page.QuerySelectorAll("p")[1].TextContent);
        Assert.Equal(
            ("products/Shelf", "idle", "desk"),
            (page.QuerySelector("section")!.GetAttribute("data-module"), page.QuerySelector("section")!.GetAttribute("data-hydrate"), page.QuerySelector("section > em")!.TextContent));
        Assert.StartsWith("/_f/products/Shelf", page.QuerySelector("section")!.GetAttribute("data-fragment"), StringComparison.Ordinal);
        Assert.Equal("public, max-age=30", answer.Headers.CacheControl!.ToString());
        Assert.Equal("<../../assets/shelf.css>; rel=stylesheet", answer.Headers.GetValues("Link").Single());
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task What_the_address_leaves_out_is_what_the_component_says_itself()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment<Shelf>("Shelf", "/shelf"));
        var page = new HtmlParser().ParseDocument(await service.BodyAsync("/shelf"));

        Assert.Equal("kitchen, page 1", page.Title);
        Assert.Equal("1 Middling", page.QuerySelector("p")!.TextContent.Trim());
    }

    [Fact]
    public async Task Everything_in_it_is_encoded()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment<Shelf>("Shelf", "/shelf"));
        var attack = Uri.EscapeDataString(Attack);
        var page = new HtmlParser().ParseDocument(await service.BodyAsync($"/shelf?name={attack}&words={attack}&q={attack}"));

        Assert.Empty(page.QuerySelectorAll("script, img, [onerror]"));
        Assert.Equal(Attack, page.QuerySelector("h2")!.TextContent);
        Assert.Equal(Attack, page.QuerySelector("section")!.GetAttribute("data-name"));
        Assert.StartsWith(Attack, page.Title, StringComparison.Ordinal);
    }

    /// <summary>The same questions to a handler with the same parameters: a component's answer has the same status.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("?page=2")]
    [InlineData("?page=")]
    [InlineData("?page=x")]
    [InlineData("?page=0")]
    [InlineData("?page=101")]
    [InlineData("?page=99999999999")]
    [InlineData("?page=1&page=2")]
    [InlineData("?PAGE=5")]
    [InlineData("?compact=yes")]
    [InlineData("?compact=True")]
    [InlineData("?size=LARGE")]
    [InlineData("?size=huge")]
    [InlineData("?since=2026-02-30")]
    [InlineData("?since=")]
    [InlineData("?since=2026-02-03")]
    [InlineData("?words=")]
    [InlineData("?name=&q=")]
    public async Task Parameters_are_judged_as_those_of_a_handler(string query)
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment<Shelf>("Shelf", "/component");
            app.MapFragment("Handled", "/handler", (
                string name = "kitchen", [Range(1, 100)] int page = 1, bool compact = false, ShelfSize size = ShelfSize.Middling, DateOnly? since = null, string[]? words = null, string? q = null) =>
                FragmentMarkup.Html($"<p>{name} {page} {compact} {size} {since} {string.Join(',', words ?? [])} {q}</p>"));
        });
        using var component = await service.GetAsync("/component" + query);
        using var handler = await service.GetAsync("/handler" + query);

        Assert.Equal(handler.StatusCode, component.StatusCode);
        Assert.Equal(handler.Content.Headers.ContentType, component.Content.Headers.ContentType);
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_is_a_sentence_with_all_that_can()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment<Shelf>("Shelf", "/shelf"));
        using var unreadable = await service.GetAsync("/shelf?page=many");
        using var outside = await service.GetAsync("/shelf?page=0");

        var text = await unreadable.Content.ReadAsStringAsync(Token);
        Assert.Contains("\"page\" from \"many\"", text, StringComparison.Ordinal);
        Assert.Contains("page (whole number 1 to 100, default 1)", text, StringComparison.Ordinal);
        Assert.Contains("size (Small|Middling|Large, default Middling)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("childContent", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("page must be between 1 and 100", await outside.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gallery_offers_its_parameters()
    {
        await using var service = await RunningService.StartAsync(
            static app =>
            {
                app.MapFragment<Shelf>("Shelf", "/shelf/{name}");
                app.MapFragmentGallery();
            },
            environment: "Development");
        var page = new HtmlParser().ParseDocument(await service.BodyAsync("/"));

        Assert.Equal(["compact", "name", "page", "q", "since", "size", "words"], page.QuerySelectorAll("input").Select(field => field.GetAttribute("name")!).Order(StringComparer.Ordinal));
        Assert.Equal("path", page.QuerySelector("input[name=name]")!.GetAttribute("data-in"));
        Assert.Equal("1", page.QuerySelector("input[name=page]")!.GetAttribute("placeholder"));
    }

    [Fact]
    public async Task It_is_awaited_and_can_say_that_there_is_none()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment<Slow>("Slow", "/slow"));
        using var none = await service.GetAsync("/slow?id=404");
        using var missing = await service.GetAsync("/slow");

        Assert.Equal("<p>Number 7</p>", await service.BodyAsync("/slow?id=7"));
        Assert.Equal((HttpStatusCode.NotFound, "<p>Nothing stands here.</p>"), (none.StatusCode, await none.Content.ReadAsStringAsync(Token)));
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
    }

    [Fact]
    public async Task An_exception_in_it_is_the_same_small_answer_as_a_handlers()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment<Slow>("Slow", "/slow"));
        using var answer = await service.GetAsync("/slow?id=0");

        Assert.Equal((HttpStatusCode.InternalServerError, "The fragment failed."), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token)));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Contains(service.Log.Lines, line => line.Contains("The fragment Slow failed.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_never_ends_is_left_behind_when_its_time_is_over()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment<Slow>("Slow", "/slow"));
        using var answer = await service.GetAsync("/slow?id=503", ("Stitcher-Deadline-Ms", "50"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task A_handler_can_render_one_with_what_no_address_holds_and_give_it_any_answer()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapFragment("Shelf", "/shelf", async (HttpContext http) =>
            (await FragmentResults.ComponentAsync<Shelf>(http, new { Name = "by hand", Words = (string[])["one"] })).CacheFor(TimeSpan.FromSeconds(5)).WithTags("shelf")));
        using var answer = await service.GetAsync("/shelf");
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Token));

        Assert.Equal(("by hand, page 1", "one"), (page.Title, page.QuerySelector("li")!.TextContent));
        Assert.Equal("public, max-age=5", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task It_works_beside_a_service_s_own_razor_pages_too()
    {
        await using var service = await RunningService.StartAsync(
            static app => app.MapFragment<Shelf>("Shelf", "/shelf"), services: static services => services.AddRazorComponents());

        Assert.Contains("<h2>desk</h2>", await service.BodyAsync("/shelf?name=desk&page=2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_requires_what_no_address_holds_is_refused_when_it_is_mapped()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            var refusal = Assert.Throws<ArgumentException>(() => app.MapFragment<Needy>("Needy", "/needy"));
            Assert.Contains("requires Look, a RenderFragment, which no address can hold", refusal.Message, StringComparison.Ordinal);
        });
    }

    private sealed class Needy : ComponentBase
    {
        [Parameter, EditorRequired]
        public RenderFragment? Look { get; set; }
    }
}
