using System.Net;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ProductSearchTests(ShopServices shop)
{
    [Theory]
    [InlineData("kettle", "Quayside kettle")]
    [InlineData("KETT", "Quayside kettle")]
    [InlineData("quay kettle", "Quayside kettle")]
    [InlineData("oxalis, if there were any: kettle", null)]
    [InlineData("slack-water", "Slack-water clock")]
    [InlineData("Sluice Foundry 26", "Hearth pan 26")]
    [InlineData("ferry two notes", "Quayside kettle")]
    public async Task A_product_is_found_by_the_beginnings_of_its_words(string words, string? expected)
    {
        var answer = await AskAsync(words);

        Assert.Equal(expected ?? "(no .search-name)", answer.Text(".search-name"));
    }

    [Fact]
    public async Task A_word_in_the_name_counts_more_than_one_in_the_text()
    {
        var answer = await AskAsync("brass", maxItems: 20);

        Assert.Equal("Brass rule", answer.Text(".search-name"));
        Assert.True(answer.Count(".search-name") > 3);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("'; DROP TABLE product; --")]
    [InlineData("mug\" OR name:*")]
    [InlineData("NEAR(mug kettle, 2)")]
    [InlineData("name : mug")]
    [InlineData("^mug")]
    [InlineData("mug AND NOT")]
    [InlineData("* * *")]
    [InlineData("{name maker} : x")]
    [InlineData("-")]
    [InlineData("()(((")]
    [InlineData("\u0000mug\u0000")]
    [InlineData("%_\\")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\ud83e\uded6 \u0301 \u202e")]
    public async Task Whatever_is_typed_is_looked_for_as_words_and_never_run(string typed)
    {
        var answer = await AskAsync(typed);
        var page = await FragmentAnswer.OfAsync(shop["products"], $"/fragments/products-page?search={Uri.EscapeDataString(typed)}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.Status, page.Status));
        Assert.Equal(0, answer.Count("script"));
        Assert.Equal(0, page.Count("script"));
        Assert.NotEqual(66, page.Count(".product-card"));
        Assert.Equal("Quayside kettle", (await AskAsync("kettle")).Text(".search-name"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Nothing_typed_looks_for_nothing(string typed)
    {
        var answer = await AskAsync(typed);

        Assert.Equal(1, answer.Count(".search-found[hidden]"));
        Assert.Equal(0, answer.Count("li"));
    }

    [Fact]
    public async Task The_form_leads_to_the_page_of_products_without_a_script()
    {
        var answer = await FragmentAnswer.OfAsync(shop["products"], "/fragments/product-search?q=mug&category=kitchen");
        var form = answer.Page.QuerySelector("form")!;

        Assert.Equal(("/products", "get", "search"), (form.GetAttribute("action"), form.GetAttribute("method"), form.GetAttribute("role")));
        Assert.Equal("mug", form.QuerySelector("input[name=search]")!.GetAttribute("value"));
        Assert.Equal("kitchen", form.QuerySelector("input[name=category]")!.GetAttribute("value"));
        Assert.Equal("/products?search=mug&category=kitchen", answer.Page.QuerySelector(".search-all a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/fragments/product-search?maxItems=0")]
    [InlineData("/fragments/product-search?maxItems=21")]
    [InlineData("/fragments/product-search?theme=pink")]
    [InlineData("/fragments/products-page?page=0")]
    [InlineData("/fragments/products-page?page=10001")]
    [InlineData("/fragments/products-page?page=two")]
    [InlineData("/fragments/products-page?sort=cheapest")]
    [InlineData("/fragments/products-page?locale=xx")]
    [InlineData("/fragments/product-catalog?sort=cheapest")]
    [InlineData("/fragments/product-card?id=seven")]
    [InlineData("/fragments/product-card?theme=pink")]
    public async Task A_parameter_out_of_range_is_a_clear_400(string path)
    {
        var answer = await FragmentAnswer.OfAsync(shop["products"], path);

        Assert.Equal((HttpStatusCode.BadRequest, "text/plain; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.NotEmpty(answer.Html);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_a_400_and_the_longest_is_not()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(new string('a', 101))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(new string('a', 100))).Status);
    }

    private Task<FragmentAnswer> AskAsync(string words, int maxItems = 6) =>
        FragmentAnswer.OfAsync(shop["products"], $"/fragments/product-search?q={Uri.EscapeDataString(words)}&maxItems={maxItems}");
}
