using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Stitcher.Fragments.Tests.Gallery;

public sealed class FragmentGalleryTests
{
    [Fact]
    public async Task The_page_shows_every_fragment_with_its_path_parameters_and_caching()
    {
        await using var service = await ShopAsync("Development");
        var page = await PageAsync(service);

        Assert.Equal("products", page.QuerySelector("h1")!.TextContent);
        Assert.Contains($"{service.Http.BaseAddress!.Port}", page.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("r7", page.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("header a[href='/.well-known/stitcher.json']"));

        var cards = page.QuerySelectorAll("article");
        Assert.Equal(["Card", "Catalog"], cards.Select(static card => card.Id));
        Assert.Equal("/card/1", cards[0].QuerySelector("iframe")!.GetAttribute("src"));
        Assert.Equal("/catalog?category=tea%20%26%20cake", cards[1].QuerySelector("iframe")!.GetAttribute("src"));
        Assert.Contains("public, max-age=30", cards[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("All \"good\" products", cards[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["id"], cards[0].QuerySelectorAll("input").Select(static input => input.GetAttribute("name")));
        Assert.Equal("12", cards[1].QuerySelector("input[name=max]")!.GetAttribute("placeholder"));
        Assert.All(page.QuerySelectorAll("input"), static input => Assert.NotNull(input.Closest("label")));
    }

    [Fact]
    public async Task The_page_brings_its_own_style_and_script()
    {
        await using var service = await ShopAsync("Development");
        var page = await PageAsync(service);
        using var style = await service.GetAsync(page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!);
        using var script = await service.GetAsync(page.QuerySelector("script[type=module]")!.GetAttribute("src")!);

        Assert.Equal(("text/css", HttpStatusCode.OK), (style.Content.Headers.ContentType?.MediaType, style.StatusCode));
        Assert.Equal(("text/javascript", HttpStatusCode.OK), (script.Content.Headers.ContentType?.MediaType, script.StatusCode));
    }

    [Fact]
    public async Task Outside_development_there_is_no_such_page_unless_it_is_asked_for()
    {
        await using var plain = await ShopAsync("Production");
        await using var asked = await ShopAsync("Production", always: true);
        using var none = await plain.GetAsync("/");
        using var page = await asked.GetAsync("/");

        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_person_sees_a_fragment_as_a_page_with_its_styles_and_import_map()
    {
        await using var service = await ShopAsync("Development");
        using var seen = await service.GetAsync("/catalog", ("Sec-Fetch-Dest", "iframe"));
        using var fetched = await service.GetAsync("/catalog", ("Sec-Fetch-Dest", "empty"));
        var text = await seen.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var document = new HtmlParser().ParseDocument(text);

        Assert.Equal("no-store", seen.Headers.CacheControl?.ToString());
        Assert.Equal("assets/catalog.css", document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href"));
        Assert.Contains("\"products/Catalog\":\"/assets/catalog.js\"", document.QuerySelector("script[type=importmap]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("products", document.QuerySelector("body > p")!.TextContent);
        Assert.Equal("<p>products</p>", await fetched.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task In_production_a_person_sees_what_a_gateway_gets()
    {
        await using var service = await ShopAsync("Production");
        using var seen = await service.GetAsync("/catalog", ("Sec-Fetch-Dest", "document"));

        Assert.Equal("<p>products</p>", await seen.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Task<RunningService> ShopAsync(string environment, bool always = false) => RunningService.StartAsync(
        app =>
        {
            app.MapFragment("Catalog", "/catalog", (string? category, int max = 12) => FragmentMarkup.Html($"<p>products</p>"))
                .WithDescription("All \"good\" products").WithSample("category", "tea & cake").WithModule("catalog.js").WithStyles("catalog.css").CacheFor(TimeSpan.FromSeconds(30));
            app.MapFragment("Card", "/card/{id:int}", (int id) => FragmentMarkup.Html($"<p>{id}</p>"));
            app.MapSharedPackage("@shop/format", "1.0.0", "format.js");
            app.MapManifest();
            app.MapFragmentGallery(always: always);
        },
        environment,
        static options => options.Revision = "r7",
        files: [("assets/catalog.js", "1"), ("assets/catalog.css", "a{}")]);

    private static async Task<IHtmlDocument> PageAsync(RunningService service) => new HtmlParser().ParseDocument(await service.BodyAsync("/"));
}
