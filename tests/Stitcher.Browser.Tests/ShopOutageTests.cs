using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>What browsers find while services are dead.</summary>
public sealed class ShopOutageTests(RealBrowser browser, ForgetfulShop forgetful) : IClassFixture<ForgetfulShop>
{
    public static TheoryData<string> Services => [.. RunningShop.Projects.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task With_one_service_dead_the_browser_has_nothing_to_complain_of(string service)
    {
        await using var window = await browser.OpenAsync();
        var shop = await forgetful.WithoutAsync(service);
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
        var shop = await forgetful.WithoutAsync([.. RunningShop.Projects.Keys]);
        foreach (var window in (Window[])[light, dark])
        {
            foreach (var path in OpenShop.Pages)
            {
                await window.GoAsync(new Uri(shop.Gateway.Address, path));
                Assert.Empty(await Axe.FindingsAsync(window));
            }
        }
    }

    [Fact]
    public async Task With_the_provider_of_the_framework_dead_every_module_of_the_page_loads_from_what_the_gateway_keeps()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        var shop = await forgetful.WithoutAsync("products");

        await Eventually.HoldsAsync(
            async () =>
            {
                window.ForgetComplaints();
                await window.GoAsync(new Uri(shop.Gateway.Address, "/analytics"));
                return await window.Page.Locator("visit-range").CountAsync() == 1;
            },
            "the figures are there");
        await OpenShop.AwakeAsync(window);
        await window.Page.Locator("visit-range button").First.WaitForAsync();

        Assert.Equal(["3.3.3", "4.2.2", "2.1.2"], await window.EvaluateAsync<string[]>(ShopFederationTests.LitCopies));
        Assert.Equal("1.1.0", await window.EvaluateAsync<string>("import('@shop/format').then(format => format.version)"));
        Assert.Empty(window.Complaints);
    }
}
