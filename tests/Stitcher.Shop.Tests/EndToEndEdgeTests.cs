using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class EndToEndEdgeTests(EndToEndShop open)
{
    [Theory]
    [InlineData("/_s/products/assets/product-catalog.css", "text/css")]
    [InlineData("/_s/products/assets/products/7.svg", "image/svg+xml")]
    [InlineData("/_s/users/assets/user-profile.js", "text/javascript")]
    public async Task A_services_files_reach_the_browser_below_its_name(string path, string type)
    {
        var service = path.Split('/')[2];
        var own = await open.Shop[service].Client.GetByteArrayAsync(path[$"/_s/{service}".Length..], TestContext.Current.CancellationToken);

        using var response = await open.Shop.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(own, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/_s/products/")]
    [InlineData("/_s/products/fragments/product-catalog")]
    [InlineData("/_s/products/.well-known/stitcher.json")]
    [InlineData("/_s/orders/fragments/order-history?userId=2")]
    [InlineData("/_s/orders/assets/../fragments/order-history")]
    [InlineData("/_s/orders/assets/..%2ffragments/order-history")]
    [InlineData("/_s/orders/assets/%2e%2e/fragments/order-history")]
    [InlineData("/_s/nobody/assets/a.css")]
    [InlineData("/fragments/product-catalog")]
    [InlineData("/.well-known/stitcher.json")]
    public async Task Nothing_else_of_a_service_can_be_reached_through_the_gateway(string target)
    {
        using var page = await RawPage.RequestAsync(open.Shop.Gateway.Address, target);
        Assert.Equal(404, (await page.ReadToEndAsync()).Status);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/_stitcher/plan?path=/")]
    public async Task The_operators_paths_are_on_their_own_listener_only(string path)
    {
        using var operators = new HttpClient { BaseAddress = open.Shop.Management };
        using var inside = await operators.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        using var outside = await open.Shop.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (inside.StatusCode, outside.StatusCode));
        using var disguised = await RawPage.RequestAsync(open.Shop.Gateway.Address, path, $"Host: {open.Shop.Management.Authority}");
        Assert.Equal(404, (await disguised.ReadToEndAsync()).Status);
    }

    [Theory]
    [InlineData("/favicon.svg")]
    [InlineData("/robots.txt")]
    [InlineData("/shop.css")]
    public async Task The_layouts_own_files_are_there(string path)
    {
        using var response = await open.Shop.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
