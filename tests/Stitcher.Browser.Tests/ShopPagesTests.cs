using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

[Collection(OpenShop.Name)]
public sealed class ShopPagesTests(RealBrowser browser, OpenShop open)
{
    public static MatrixTheoryData<string, int> PagesAndLooks => new(OpenShop.Pages, Enumerable.Range(0, Look.All.Length).ToArray());

    public static TheoryData<string> Pages => [.. OpenShop.Pages];

    [Theory]
    [MemberData(nameof(PagesAndLooks))]
    public async Task A_page_opens_without_a_complaint_of_the_browser_and_its_parts_wake(string path, int look)
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync(Look.All[look]);
        await open.WholeAsync(window, path);

        // Some wake when they are seen, some when they are used.
        await OpenShop.AllAwakeAsync(window);
        Assert.True(window.Complaints.Count == 0, $"{Look.All[look]}: {string.Join('\n', window.Complaints)}");
        Assert.NotEqual(0, await window.Page.Locator("[data-awake]").CountAsync());
        Assert.Equal(0, await window.EvaluateAsync<int>("[...document.images].filter(image => image.complete && image.naturalWidth === 0).length"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_is_wider_than_its_window(string path)
    {
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, path);
        foreach (var width in (int[])[360, 390, 480, 600, 720, 768, 900, 1024, 1200, 1280, 1440, 1600])
        {
            await window.WidenAsync(width, 900);
            var content = await window.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(content <= width, $"{path} is {content} px wide in a window of {width} px");
        }
    }

    [Fact]
    public async Task Modules_are_imported_by_their_name_through_the_import_map()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/orders");

        // The page itself has no use for this module, so only the map can have found it.
        Assert.Equal("function", await window.EvaluateAsync<string>("import('products/ProductCatalog').then(module => typeof module.default)"));
        await window.HasAskedForAsync(
            address => address.StartsWith(open.Address("/_s/products/~").ToString(), StringComparison.Ordinal) && address.EndsWith("/product-catalog.js", StringComparison.Ordinal), "the module");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_package_that_two_services_bring_along_is_loaded_once_and_in_its_newest_version()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/");

        await Expect(window.Page.Locator("[data-module='products/ProductCatalog'][data-awake]")).ToHaveCountAsync(1);
        await Expect(window.Page.Locator("[data-module='orders/OrderHistory'][data-awake]")).ToHaveCountAsync(1);
        await window.HasAskedForAsync(static address => address.Contains("/format-", StringComparison.Ordinal), "the package");
        var copies = window.Requests.Where(address => address.Contains("/format-", StringComparison.Ordinal)).Distinct();
        Assert.EndsWith("/format-1.1.0.js", Assert.Single(copies), StringComparison.Ordinal);
        Assert.Equal("1.1.0", await window.EvaluateAsync<string>("import('@shop/format').then(format => format.version)"));
    }

    [Fact]
    public async Task What_is_kept_in_one_services_part_is_told_in_anothers()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.SignInAsync(window);
        await open.WholeAsync(window, "/");

        await window.Page.Locator(".product-keep").First.ClickAsync();

        await window.Page.Locator(".profile-line", new() { HasText = "1 kept for later" }).WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await Expect(window.Page.Locator(".product-keep").First).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Without_script_every_page_says_the_same()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.RouteAsync("**/*.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));
        foreach (var path in OpenShop.Pages)
        {
            await window.GoAsync(open.Address(path));
            Assert.NotEmpty(await window.Page.Locator("main h1").AllTextContentsAsync());
            Assert.NotEmpty(await window.Page.Locator("main a").AllAsync());
        }
    }
}
