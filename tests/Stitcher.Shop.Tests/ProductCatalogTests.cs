using System.Net;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ProductCatalogTests(ShopServices shop)
{
    private const string Path = "/fragments/product-catalog";

    [Fact]
    public async Task Sixty_six_products_stand_on_six_shelves_and_their_ids_begin_at_one()
    {
        var all = await AskAsync("?maxItems=100");

        var ids = all.Page.QuerySelectorAll(".product-card").Select(card => int.Parse(card.GetAttribute("data-product")!, null)).ToArray();
        Assert.Equal(Enumerable.Range(1, 66), ids);
        Assert.Equal(66, all.Page.QuerySelectorAll(".product-link").Select(link => link.TextContent).Distinct().Count());
        var shelves = all.Page.QuerySelectorAll(".catalog-shelves a").Skip(1).Select(link => link.GetAttribute("href")).ToArray();
        Assert.Equal(["/products?category=kitchen", "/products?category=lighting", "/products?category=desk", "/products?category=trail", "/products?category=garden", "/products?category=textiles"], shelves);
        foreach (var shelf in shelves)
        {
            Assert.Equal(11, (await AskAsync(shelf!["/products".Length..] + "&maxItems=100")).Count(".product-card"));
        }
    }

    [Fact]
    public async Task Asked_without_parameters_the_catalog_shows_its_first_page()
    {
        var answer = await AskAsync("");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/html; charset=utf-8", answer.ContentType);
        Assert.Equal("section", answer.Page.Body!.FirstElementChild!.LocalName);
        Assert.NotNull(answer.Page.QuerySelector("[data-testid=product-card-1]"));
        Assert.Equal("Fallow mug", answer.Text("[data-testid=product-card-1] h3"));
        Assert.Equal("€24.00", answer.Text("[data-testid=product-card-1] .product-price"));
        Assert.Equal(50, answer.Count(".product-card"));
        Assert.Equal("1", answer.Text(".catalog-pages [aria-current]"));
    }

    [Fact]
    public async Task The_pages_together_show_every_product_once()
    {
        var ids = new List<string?>();
        for (var page = 1; page <= 2; page++)
        {
            ids.AddRange((await AskAsync($"?page={page}")).Page.QuerySelectorAll(".product-card").Select(card => card.GetAttribute("data-product")));
        }

        Assert.Equal(66, ids.Count);
        Assert.Equal(66, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("700", "2")]
    public async Task A_page_behind_the_last_shows_the_last(string page, string shown)
    {
        Assert.Equal(shown, (await AskAsync($"?page={page}")).Text(".catalog-pages [aria-current]"));
    }

    [Fact]
    public async Task Several_categories_are_shown_together()
    {
        var answer = await AskAsync("?categories=desk,trail&maxItems=100");

        Assert.Equal(22, answer.Count(".product-card"));
        Assert.Equal(["Desk 11", "Trail 11"], answer.Page.QuerySelectorAll(".catalog-shelves [aria-current]").Select(link => link.TextContent));
    }

    [Fact]
    public async Task Links_from_page_to_page_keep_the_category_and_the_number_on_a_page()
    {
        var answer = await AskAsync("?category=kitchen&maxItems=5");

        Assert.Equal("/products?category=kitchen&maxItems=5&page=2", answer.Page.QuerySelector(".catalog-step[rel=next]")!.GetAttribute("href"));
        Assert.Equal("Kitchen", answer.Text("h2"));
    }

    [Fact]
    public async Task Read_only_means_cards_and_nothing_to_operate()
    {
        var answer = await AskAsync("?readonly=true&compact=true&maxItems=4&after=65");

        Assert.Equal(["66", "1", "2", "3"], answer.Page.QuerySelectorAll(".product-card").Select(card => card.GetAttribute("data-product")));
        Assert.Equal(0, answer.Count(".catalog-shelves, .catalog-pages"));
        Assert.Equal(1, answer.Count("section.product-catalog.compact[data-readonly]"));
    }

    [Theory]
    [InlineData("dark", "dark")]
    [InlineData("light", "light")]
    [InlineData("", null)]
    public async Task The_theme_is_one_of_two_or_the_readers_own(string theme, string? expected)
    {
        var answer = await AskAsync($"?theme={theme}");

        Assert.Equal(expected, answer.Page.QuerySelector(".product-catalog")!.GetAttribute("data-theme"));
    }

    [Fact]
    public async Task A_category_that_is_an_attack_is_only_a_text()
    {
        const string attack = "<script>alert(1)</script>\"'&";
        var answer = await AskAsync($"?category={Uri.EscapeDataString(attack)}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(0, answer.Count("script"));
        Assert.Contains(attack, answer.Text(".catalog-empty"), StringComparison.Ordinal);
        Assert.Equal(0, answer.Count(".product-card"));
    }

    [Fact]
    public async Task A_category_that_is_sql_matches_nothing()
    {
        var answer = await AskAsync($"?category={Uri.EscapeDataString("kitchen') OR 1=1 --")}");

        Assert.Equal(0, answer.Count(".product-card"));
        Assert.Equal(66, (await AskAsync("?maxItems=100")).Count(".product-card"));
    }

    [Theory]
    [InlineData("?maxItems=0")]
    [InlineData("?maxItems=101")]
    [InlineData("?maxItems=many")]
    [InlineData("?page=0")]
    [InlineData("?page=-3")]
    [InlineData("?page=two")]
    [InlineData("?page=99999999999999999999")]
    [InlineData("?theme=sepia")]
    [InlineData("?theme=%22%20onload=x")]
    [InlineData("?sort=dearest")]
    [InlineData("?locale=xx")]
    [InlineData("?readonly=banana")]
    [InlineData("?compact=1e400")]
    [InlineData("?after=-1")]
    public async Task A_slot_that_asks_for_what_cannot_be_is_told_so(string query)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(query)).Status);
    }

    [Fact]
    public async Task The_catalog_may_be_kept_for_half_a_minute_by_anybody()
    {
        Assert.Equal("public, max-age=30, stale-while-revalidate=60", (await AskAsync("")).CacheControl);
    }

    private Task<FragmentAnswer> AskAsync(string query) => FragmentAnswer.OfAsync(shop["products"], Path + query);
}
