using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ProductApiTests(ShopServices shop)
{
    [Fact]
    public async Task A_list_has_products_how_many_there_are_and_where_they_stand()
    {
        using var found = JsonDocument.Parse(await (await GetAsync("/api/products?search=mug&category=kitchen&size=5&sort=price")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var root = found.RootElement;

        Assert.Equal(["Fallow mug"], root.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal((1, 1, 1), (root.GetProperty("total").GetInt32(), root.GetProperty("page").GetInt32(), root.GetProperty("pages").GetInt32()));
        Assert.Equal(6, root.GetProperty("categories").GetArrayLength());
    }

    [Fact]
    public async Task A_product_says_what_orders_and_pages_need()
    {
        using var answer = await GetAsync("/api/products/7");
        using var product = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var root = product.RootElement;

        Assert.Equal((7, "Quayside kettle", 7900, "€79.00", "/products/7"), (
            root.GetProperty("id").GetInt32(), root.GetProperty("name").GetString(), root.GetProperty("priceCents").GetInt32(), root.GetProperty("price").GetString(), root.GetProperty("address").GetString()));
        using var picture = await GetAsync(root.GetProperty("picture").GetString()!);
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/products")]
    [InlineData("/api/products/7")]
    public async Task What_has_not_changed_is_not_sent_again_and_is_asked_about_each_time(string path)
    {
        using var first = await GetAsync(path);
        using var again = await GetAsync(path, first.Headers.ETag);

        Assert.Equal("public, no-cache", first.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_has_changed_has_another_tag()
    {
        using var folder = new TemporaryFolder();
        await using var service = await ShopServices.StartAsync("products", folder.File("products.db"));
        using var before = await service.Client.GetAsync(new Uri("/api/products/7", UriKind.Relative), TestContext.Current.CancellationToken);
        await ProductStockTests.TakeAsync(service, "one", (7, 1));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/products/7") { Headers = { IfNoneMatch = { before.Headers.ETag! } } };
        using var after = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
    }

    [Theory]
    [InlineData("/api/products?page=0")]
    [InlineData("/api/products?page=-1")]
    [InlineData("/api/products?page=10001")]
    [InlineData("/api/products?size=101")]
    [InlineData("/api/products?size=all")]
    [InlineData("/api/products?sort=cheapest")]
    public async Task A_parameter_out_of_range_is_a_sentence(string path)
    {
        using var answer = await GetAsync(path);
        using var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(told.RootElement.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task A_product_that_is_not_there_is_a_404()
    {
        using var answer = await GetAsync("/api/products/9999");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await shop["products"].Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
