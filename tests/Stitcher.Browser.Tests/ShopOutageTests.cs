using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

[Collection(OpenShop.Name)]
public sealed class ShopOutageTests(RealBrowser browser)
{
    public static TheoryData<string> Services => [.. RunningShop.Projects.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task With_one_service_dead_the_browser_has_nothing_to_complain_of(string service)
    {
        await using var window = await browser.OpenAsync();
        await using var shop = await OpenShop.WithoutAsync(service);
        foreach (var path in (string[])["/", "/orders", "/analytics"])
        {
            var response = await window.GoAsync(new Uri(shop.Gateway.Address, path));
            await OpenShop.AwakeAsync(window);
            Assert.Equal(200, response.Status);
        }

        // The shared package of a dead service stays: the gateway has kept its files.
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Axe_finds_nothing_on_pages_whose_services_are_all_dead()
    {
        await using var light = await browser.OpenAsync();
        await using var dark = await browser.OpenAsync(Look.NarrowAndDark);
        await using var shop = await OpenShop.WithoutAsync(RunningShop.Projects.Keys);
        foreach (var window in (Window[])[light, dark])
        {
            foreach (var path in OpenShop.Pages)
            {
                await window.GoAsync(new Uri(shop.Gateway.Address, path));
                Assert.Empty(await Axe.FindingsAsync(window));
            }
        }
    }
}
