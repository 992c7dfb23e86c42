using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class EndToEndPagesTests(EndToEndShop open)
{
    // The services' own addresses, as their galleries show them.
    private const string User = "/fragments/user-profile";

    [Theory]
    [InlineData("/", ".account", "users", User)]
    [InlineData("/", ".shelves > :first-child", "products", "/fragments/product-search")]
    [InlineData("/", ".shelves > :last-child", "products", "/fragments/product-catalog?maxItems=24&page=1")]
    [InlineData("/?category=kitchen&page=1", ".shelves > :last-child", "products", "/fragments/product-catalog?maxItems=24&category=kitchen&page=1")]
    [InlineData("/", ".counter > :first-child", "orders", "/fragments/order-history?limit=1&compact=true")]
    [InlineData("/", ".counter > :last-child", "analytics", "/fragments/analytics-dashboard?range=7d&compact=true")]
    [InlineData("/products/7", ".account", "users", User)]
    [InlineData("/products/7", "main > :first-child", "products", "/fragments/product-card?id=7")]
    [InlineData("/products/7", ".further", "products", "/fragments/product-catalog?maxItems=4&compact=true&readonly=true&after=7")]
    [InlineData("/orders", ".account", "users", User)]
    [InlineData("/orders", "main > .order-history", "orders", "/fragments/order-history")]
    [InlineData("/analytics", ".account", "users", User)]
    [InlineData("/analytics", "main > .analytics-dashboard", "analytics", "/fragments/analytics-dashboard?range=30d")]
    [InlineData("/analytics?range=90d", "main > .analytics-dashboard", "analytics", "/fragments/analytics-dashboard?range=90d")]
    public async Task A_slot_shows_in_its_place_what_its_service_says(string path, string place, string service, string address)
    {
        var said = new HtmlParser().ParseDocument(await open.Shop[service].Client.GetStringAsync(address, TestContext.Current.CancellationToken));
        var expected = EndToEndPage.Words(said.Body);
        Assert.NotEmpty(expected);

        await Eventually.HoldsAsync(
            async () => (await EndToEndPage.OfAsync(open.Shop.Client, path)).Text(place) == expected,
            $"{place} of {path} shows '{expected}'",
            RunningShop.Recovery);
    }

    [Fact]
    public async Task A_products_page_has_the_title_of_the_product_and_its_description()
    {
        var page = await ProductAsync(7);

        var name = page.Text("main h1");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal([$"{name}, Saltmarsh"], page.Document.QuerySelectorAll("title").Select(EndToEndPage.Words));
        var description = Assert.Single(page.Document.QuerySelectorAll("meta[name=description]")).GetAttribute("content");
        Assert.StartsWith(page.Text(".detail-tagline"), description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_that_does_not_exist_is_the_pages_404_around_the_services_own_words()
    {
        var page = await ProductAsync(9999);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("Nothing stands here.", page.Text("main .product-missing h1"));
        Assert.Equal("Nothing stands here, Saltmarsh", page.Text("title"));
        Assert.Equal("Products Orders Analytics", page.Text("nav.aisles"));
        Assert.NotNull(page.Document.QuerySelector("footer.colophon"));
    }

    [Theory]
    [InlineData("/products/0x7")]
    [InlineData("/nothing")]
    [InlineData("/orders/first")]
    public async Task An_address_that_no_page_has_is_404(string path)
    {
        using var response = await open.Shop.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/orders")]
    [InlineData("/analytics")]
    [InlineData("/products/7")]
    public async Task The_import_map_comes_before_all_that_could_load_a_module_and_names_every_services_modules(string path)
    {
        var page = path == "/products/7" ? await ProductAsync(7) : await EndToEndPage.OfAsync(open.Shop.Client, path);

        var loading = page.Document.Head!.QuerySelectorAll("script, link[rel~=modulepreload], link[rel~=preload]");
        Assert.Equal("importmap", loading[0].GetAttribute("type"));
        Assert.Single(page.Document.QuerySelectorAll("script[type=importmap]"));

        using var map = JsonDocument.Parse(loading[0].TextContent);
        var imports = map.RootElement.GetProperty("imports").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        Assert.Superset(
            new HashSet<string> { "@shop/format", "@shop/tokens", "lit", "analytics/AnalyticsDashboard", "orders/OrderHistory", "products/ProductCard", "products/ProductCatalog", "users/UserProfile" },
            imports.Keys.ToHashSet());

        // Two services offer it; the page takes the newer copy, for all.
        Assert.Matches(@"^/_s/products/~[\w.-]+/format-1\.1\.0\.js$", imports["@shop/format"]);
        foreach (var address in imports.Values)
        {
            using var module = await open.Shop.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, "text/javascript"), (module.StatusCode, module.Content.Headers.ContentType?.MediaType));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/orders")]
    [InlineData("/analytics")]
    [InlineData("/products/7")]
    public async Task A_page_names_each_style_sheet_and_script_once_and_all_of_them_are_there(string path)
    {
        var page = path == "/products/7" ? await ProductAsync(7) : await open.ShowsAsync(path);

        var files = page.Document.QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")!)
            .Concat(page.Document.QuerySelectorAll("script[src]").Select(script => script.GetAttribute("src")!)).ToArray();
        Assert.Equal(files.Distinct(), files);
        Assert.Contains(files, file => file.StartsWith("/_s/users/~", StringComparison.Ordinal) && file.EndsWith("/user-profile.css", StringComparison.Ordinal));
        Assert.Empty(page.Document.QuerySelectorAll("fragment"));
        foreach (var file in files)
        {
            using var response = await open.Shop.Client.GetAsync(new Uri(file, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private async Task<EndToEndPage> ProductAsync(int id)
    {
        EndToEndPage? page = null;
        await Eventually.HoldsAsync(
            async () => (page = await EndToEndPage.OfAsync(open.Shop.Client, $"/products/{id}")).Status is HttpStatusCode.OK or HttpStatusCode.NotFound,
            $"the product service answers for {id} in time",
            RunningShop.Recovery);
        return page!;
    }
}
