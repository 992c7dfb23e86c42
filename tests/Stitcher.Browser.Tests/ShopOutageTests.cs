using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

[Collection(OpenShop.Name)]
public sealed class ShopOutageTests(RealBrowser browser, OpenShop open)
{
    public static TheoryData<string> Services => [.. RunningShop.Projects.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task With_one_service_dead_the_browser_has_nothing_to_complain_of(string service)
    {
        await using var window = await browser.OpenAsync();
        await open.Shop.KillAsync(service);
        try
        {
            // The gateway learns of it from the first page that asks.
            await open.Shop.Client.GetStringAsync("/", TestContext.Current.CancellationToken);
            foreach (var path in (string[])["/", "/orders", "/analytics"])
            {
                var response = await window.GoAsync(open.Address(path));
                await OpenShop.AwakeAsync(window);
                Assert.Equal(200, response.Status);
            }

            // The shared package of a dead service is gone with it, until the gateway keeps the services' files. The part that
            // wanted it stays as the server wrote it.
            Assert.DoesNotContain(
                window.Complaints,
                complaint => service != "products" || !complaint.Contains("/_s/products/assets/format-1.1.0.js", StringComparison.Ordinal));
        }
        finally
        {
            await open.Shop.StartAgainAsync(service);
        }
    }
}
