using System.Net;
using System.Xml.Linq;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ProductPictureTests(ShopServices shop)
{
    [Fact]
    public async Task Every_product_has_a_picture_of_its_own_that_is_sound_svg_in_colours_only()
    {
        var pictures = new HashSet<string>();
        for (var id = 1; id <= 66; id++)
        {
            using var response = await GetAsync(id);
            var svg = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.Equal("image/svg+xml", response.Content.Headers.ContentType?.MediaType);
            var root = XDocument.Parse(svg).Root!;
            Assert.Equal(XName.Get("svg", "http://www.w3.org/2000/svg"), root.Name);
            Assert.All(root.Descendants(), element => Assert.Equal("http://www.w3.org/2000/svg", element.Name.NamespaceName));
            Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "style" or "image" or "foreignObject");
            Assert.DoesNotContain('$', svg);
            Assert.True(pictures.Add(svg), $"the picture of product {id} is another product's");
        }
    }

    [Fact]
    public async Task A_picture_is_the_same_every_time_and_is_not_sent_twice()
    {
        using var first = await GetAsync(7);
        using var second = await GetAsync(7);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/assets/products/7.svg") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var third = await shop["products"].Client.SendAsync(again, TestContext.Current.CancellationToken);

        Assert.Equal(
            await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotModified, third.StatusCode);
        Assert.Equal(TimeSpan.FromHours(1), first.Headers.CacheControl?.MaxAge);
    }

    [Fact]
    public async Task There_is_no_picture_of_what_is_not_there()
    {
        using var response = await GetAsync(67);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private Task<HttpResponseMessage> GetAsync(int id) =>
        shop["products"].Client.GetAsync(new Uri($"/assets/products/{id}.svg", UriKind.Relative), TestContext.Current.CancellationToken);
}
