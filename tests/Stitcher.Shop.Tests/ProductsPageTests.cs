using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ProductsPageTests(ShopServices shop)
{
    [Fact]
    public async Task Shelves_tell_how_much_of_what_is_looked_for_stands_on_them_and_keep_the_search()
    {
        var answer = await AskAsync("?search=wool&sort=price");

        var shelves = answer.Page.QuerySelectorAll(".catalog-shelves a").ToDictionary(
            link => link.GetAttribute("href")!, link => int.Parse(link.QuerySelector(".catalog-number")!.TextContent, null));
        Assert.Equal(shelves["/products?search=wool&sort=price"], shelves.Where(shelf => shelf.Key.Contains("category=", StringComparison.Ordinal)).Sum(shelf => shelf.Value));
        Assert.Equal(answer.Count(".product-card"), shelves["/products?search=wool&sort=price"]);
        Assert.Contains("“wool”", answer.Text(".page-count"), StringComparison.Ordinal);
        Assert.Equal("wool", answer.Page.QuerySelector("input[name=search]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("price", true)]
    [InlineData("price-down", false)]
    public async Task Prices_stand_in_order(string sort, bool isRising)
    {
        var prices = (await AskAsync($"?sort={sort}")).Page.QuerySelectorAll(".product-card").Select(card => int.Parse(card.GetAttribute("data-cents")!, null)).ToArray();

        Assert.Equal(isRising ? prices.Order() : prices.OrderDescending(), prices);
        Assert.Equal(24, prices.Length);
    }

    [Fact]
    public async Task Names_stand_in_order_and_the_newest_first()
    {
        var names = (await AskAsync("?sort=name")).Page.QuerySelectorAll(".product-link").Select(link => link.TextContent).ToArray();
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);

        Assert.Equal("66", (await AskAsync("?sort=new")).Page.QuerySelector(".product-card")!.GetAttribute("data-product"));
    }

    [Fact]
    public async Task The_pages_together_show_everything_once_in_any_order()
    {
        foreach (var sort in (string[])["", "price", "rating"])
        {
            var ids = new List<string?>();
            for (var page = 1; page <= 3; page++)
            {
                ids.AddRange((await AskAsync($"?sort={sort}&page={page}")).Page.QuerySelectorAll(".product-card").Select(card => card.GetAttribute("data-product")));
            }

            Assert.Equal((66, 66), (ids.Count, ids.Distinct().Count()));
        }
    }

    [Fact]
    public async Task As_many_as_are_wanted_are_on_a_page_and_on_those_that_it_leads_to()
    {
        var answer = await AskAsync("?category=kitchen&maxItems=5&page=2");

        Assert.Equal(5, answer.Count(".product-card"));
        Assert.Equal("11 products, page 2 of 3", answer.Text(".page-count"));
        Assert.Equal("/products?category=kitchen&maxItems=5&page=3", answer.Page.QuerySelector(".catalog-step[rel=next]")!.GetAttribute("href"));
        Assert.All(answer.Page.QuerySelectorAll(".catalog-shelves a"), link => Assert.EndsWith("maxItems=5", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal("5", answer.Page.QuerySelector(".page-search input[name=maxItems]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("?maxItems=10&page=3", "1 2 3 4 5 6 7")]
    [InlineData("?maxItems=1&page=1", "1 2 … 66")]
    [InlineData("?maxItems=1&page=3", "1 2 3 4 … 66")]
    [InlineData("?maxItems=1&page=30", "1 … 29 30 31 … 66")]
    [InlineData("?maxItems=1&page=66", "1 … 65 66")]
    public async Task Many_pages_have_the_numbers_of_the_first_the_last_and_the_neighbours(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await AskAsync(query)).Page.QuerySelectorAll(".catalog-pages li").Select(item => item.TextContent.Trim())));

    [Fact]
    public async Task A_page_behind_the_last_shows_the_last()
    {
        var answer = await AskAsync("?page=700");

        Assert.Equal("66 products, page 3 of 3", answer.Text(".page-count"));
        Assert.Equal("3", answer.Text(".catalog-pages [aria-current]"));
    }

    [Fact]
    public async Task Where_nothing_is_found_there_is_a_way_on()
    {
        var nothing = await AskAsync("?search=zeppelin&category=kitchen");
        Assert.Contains("“zeppelin”", nothing.Text(".catalog-empty"), StringComparison.Ordinal);
        Assert.Equal(["/products?search=zeppelin", "/products"], nothing.Page.QuerySelectorAll(".catalog-empty a").Select(link => link.GetAttribute("href")));

        Assert.Contains("“attic”", (await AskAsync("?category=attic")).Text(".catalog-empty"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "€24.00")]
    [InlineData("de", "24,00\u00a0€")]
    [InlineData("fr", "24,00\u00a0€")]
    public async Task Sums_are_written_in_the_readers_language(string locale, string price)
    {
        Assert.Equal(price, (await AskAsync($"?locale={locale}")).Text("[data-product='1'] .product-price"));
        Assert.Equal(price, (await FragmentAnswer.OfAsync(shop["products"], $"/fragments/product-card?id=1&locale={locale}")).Text(".detail-price"));
    }

    [Fact]
    public async Task The_first_product_is_shown_when_none_is_named()
    {
        var card = await FragmentAnswer.OfAsync(shop["products"], "/fragments/product-card");

        Assert.Equal("Fallow mug", card.Text("h1"));
        Assert.Contains("\"breadcrumbs\":[{\"name\":\"Products\",\"href\":\"/products\"}", card.Page.QuerySelector("article")!.GetAttribute("data-topics")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_goes_into_the_cart_by_a_form_unless_there_is_none_left_or_nothing_is_to_be_operated()
    {
        var form = (await CardAsync("id=65")).Page.QuerySelector("form")!;
        Assert.Equal(("post", "/cart"), (form.GetAttribute("method"), form.GetAttribute("action")));
        Assert.Equal(("65", "2"), (form.QuerySelector("input[name=id]")!.GetAttribute("value"), form.QuerySelector("input[name=quantity]")!.GetAttribute("max")));

        Assert.Equal(0, (await CardAsync("id=64")).Count("form"));
        Assert.Equal(0, (await CardAsync("id=65&readonly=true")).Count("form, product-keep"));
    }

    [Fact]
    public async Task A_compact_card_has_no_heading_of_the_page_and_leads_to_it()
    {
        var card = await CardAsync("id=7&compact=true&theme=dark");

        Assert.Equal(0, card.Count("h1, .detail-facts, .detail-text"));
        Assert.Equal("/products/7", card.Page.QuerySelector("h2 a")!.GetAttribute("href"));
        Assert.Equal("dark", card.Page.QuerySelector("article.compact")!.GetAttribute("data-theme"));
    }

    [Fact]
    public async Task Alone_on_a_developers_machine_links_and_forms_lead_on_and_the_stockroom_is_open()
    {
        using var folder = new TemporaryFolder();
        await using var service = await ServiceProcess.StartAsync(
            ShopServices.Projects["products"], new Dictionary<string, string> { ["Database"] = folder.File("products.db"), ["STITCHER_IDENTITY_KEY"] = "" });

        foreach (var (page, fragment) in ((string, string)[])
                 [("/products?search=mug", "/fragments/products-page?search=mug"), ("/products/7", "/fragments/product-card?id=7&"), ("/admin/products/7?done=saved", "/fragments/product-form?id=7&done=saved")])
        {
            using var answer = await service.Client.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.Redirect, fragment), (answer.StatusCode, answer.Headers.Location?.OriginalString));
            Assert.Equal(HttpStatusCode.OK, (await FragmentAnswer.OfAsync(service, fragment)).Status);
        }
    }

    private Task<FragmentAnswer> AskAsync(string query) => FragmentAnswer.OfAsync(shop["products"], "/fragments/products-page" + query);

    private Task<FragmentAnswer> CardAsync(string query) => FragmentAnswer.OfAsync(shop["products"], "/fragments/product-card?" + query);
}
