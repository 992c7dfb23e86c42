using System.Net;
using Microsoft.Data.Sqlite;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ProductCardTests(ShopServices shop)
{
    [Fact]
    public async Task A_product_is_shown_in_full_and_names_its_page()
    {
        var answer = await AskAsync(4);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Estuary pack 24", answer.Text("h1"));
        Assert.Equal("€139.00", answer.Text(".detail-price"));
        Assert.Equal("Estuary pack 24, Saltmarsh", answer.Page.Title);
        Assert.Contains("straps", answer.Page.QuerySelector("meta[name=description]")!.GetAttribute("content")!, StringComparison.Ordinal);
        Assert.Equal("/products?category=trail", answer.Page.QuerySelectorAll(".detail-way a")[^1].GetAttribute("href"));
    }

    [Theory]
    [InlineData(64, "Sold out. The next ones are being made.")]
    [InlineData(65, "Only 2 left on the shelf.")]
    [InlineData(1, "On the shelf, leaves within two days.")]
    public async Task The_stock_is_told_in_words(int id, string words)
    {
        Assert.Equal(words, (await AskAsync(id)).Text(".detail-stock"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(67)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public async Task A_product_that_is_not_there_is_a_404_with_a_page_to_read(int id)
    {
        var answer = await AskAsync(id);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("text/html; charset=utf-8", answer.ContentType);
        Assert.Equal("Nothing stands here.", answer.Text("h1"));
        Assert.Contains($"no product {id}", answer.Text(".product-missing"), StringComparison.Ordinal);
        Assert.Equal("/products", answer.Page.QuerySelector(".product-missing a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_product_whose_every_text_is_an_attack_stays_text()
    {
        const string attack = "</title></p><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";
        using var folder = new TemporaryFolder();
        await using var service = await ShopServices.StartAsync("products", folder.File("products.db"));
        await SpoilAsync(folder.File("products.db"), attack);

        foreach (var path in (string[])["/fragments/product-card?id=7", "/fragments/product-catalog?maxItems=100"])
        {
            var answer = await FragmentAnswer.OfAsync(service, path);

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(0, answer.Count("script, [onerror]"));
            Assert.Contains(answer.Page.QuerySelectorAll("h1, h3"), heading => heading.TextContent == attack);
        }
    }

    private static async Task SpoilAsync(string database, string attack)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await using (connection)
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE product SET name = $text, maker = $text, tagline = $text, description = $text, material = $text WHERE id = 7";
            command.Parameters.AddWithValue("$text", attack);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }
    }

    private Task<FragmentAnswer> AskAsync(int id) => FragmentAnswer.OfAsync(shop["products"], $"/fragments/product-card?id={id}");
}
