using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>Addresses as people have them: old bookmarks, slips of the hand, links that somebody shortened.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class EndToEndAddressTests(EndToEndShop open)
{
    [Theory]
    [InlineData("/products?sort=wrong", "main h1", "Products")]
    [InlineData("/products?sort=wrong&category=kitchen", "main h1", "Kitchen")]
    [InlineData("/products?category=kitchen&page=-1", "main h1", "Kitchen")]
    [InlineData("/products?page=two", "main h1", "Products")]
    [InlineData("/products?page=0", "main h1", "Products")]
    [InlineData("/products?page=two&sort=wrong&category=kitchen", "main h1", "Products")]
    [InlineData("/products?page=99999999999", "main h1", "Products")]
    [InlineData("/products?page=9999", "main .page-count", "66 products, page 3 of 3")]
    [InlineData("/products?maxItems=5&page=2", "main .page-count", "66 products, page 2 of 14")]
    [InlineData("/products?maxItems=0", "main .page-count", "66 products, page 1 of 3")]
    [InlineData("/products?category=attic", "main h1", "No such shelf")]
    [InlineData("/?page=0&category=kitchen", ".product-catalog h2", "Kitchen")]
    [InlineData("/orders?status=wrong", "main .order-history h2", "Sign in to see what you have ordered.")]
    [InlineData("/analytics?range=1d", "main .analytics-dashboard h2", "Visits, day by day")]
    [InlineData("/preferences?saved=perhaps", "main h1", "Preferences")]
    public async Task An_address_that_says_what_no_fragment_takes_shows_the_page_without_it(string path, string place, string expected)
    {
        EndToEndPage? page = null;
        await Eventually.HoldsAsync(
            async () => (page = await EndToEndPage.OfAsync(open.Shop.Client, path)).Text(place) == expected, $"{path} shows '{expected}'", RunningShop.Recovery);
        Assert.Equal(HttpStatusCode.OK, page!.Status);
        Assert.Null(page.Document.QuerySelector("main .notice-wide"));
    }

    [Fact]
    public async Task What_is_too_long_to_look_for_is_not_looked_for()
    {
        var path = $"/products?search={new string('a', 101)}&category=desk";
        await Eventually.HoldsAsync(
            async () => (await EndToEndPage.OfAsync(open.Shop.Client, path)).Text("main .page-count") == "11 products",
            "the shelf is shown whole",
            RunningShop.Recovery);
    }

    [Theory]
    [InlineData("/products/0")]
    [InlineData("/products/999999")]
    [InlineData("/products/99999999999")]
    [InlineData("/products/abc")]
    [InlineData("/orders/-1")]
    [InlineData("/orders/0")]
    public async Task An_address_of_nothing_is_a_404_that_says_so(string path)
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
                using var response = await open.Shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
                var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                return response.StatusCode == HttpStatusCode.NotFound && page.Contains("<h1>", StringComparison.Ordinal) && !page.Contains("out of reach", StringComparison.Ordinal);
            },
            $"{path} is a 404 that says so",
            RunningShop.Recovery);
    }
}
