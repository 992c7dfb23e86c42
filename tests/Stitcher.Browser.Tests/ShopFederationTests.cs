using System.Text.Json;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>What the services share in the browser: one copy where there must be one, two where each service needs its own.</summary>
[Collection(OpenShop.Name)]
public sealed class ShopFederationTests(RealBrowser browser, OpenShop open)
{
    // What lit itself writes down whenever a copy of it starts.
    internal const string LitCopies = "[globalThis.litHtmlVersions, globalThis.litElementVersions, globalThis.reactiveElementVersions].map(list => list?.join())";

    [Fact]
    public async Task Two_services_that_ship_lit_run_on_one_copy()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/");
        await window.Page.Locator("[data-module='analytics/AnalyticsDashboard'][data-awake]").WaitForAsync();

        Assert.Equal(["3.3.3", "4.2.2", "2.1.2"], await window.EvaluateAsync<string[]>(LitCopies));
        await window.Page.Locator("product-keep button").First.WaitForAsync();
        Assert.True(await window.EvaluateAsync<bool>(
            "Promise.all([customElements.whenDefined('product-keep'), customElements.whenDefined('visit-range'), import('lit')]).then(([keep, range, { LitElement }]) => keep.prototype instanceof LitElement && range.prototype instanceof LitElement)"));
        Assert.All(
            window.Requests.Where(static address => address.Contains("/npm/lit", StringComparison.Ordinal) || address.Contains("/npm/@lit", StringComparison.Ordinal)),
            static address => Assert.Contains("/_s/products/", address, StringComparison.Ordinal));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Two_majors_of_a_library_serve_each_its_own_service_on_one_page()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.SignInAsync(window);
        await open.WholeAsync(window, "/orders");

        await window.Page.Locator("[data-module='users/UserProfile'][data-awake]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await window.Page.Locator("time.order-when").First.WaitForAsync();
        await window.HasAskedForAsync(static address => address.Contains("/npm/clsx@1", StringComparison.Ordinal), "the users' major");
        await window.HasAskedForAsync(static address => address.Contains("/npm/clsx@2", StringComparison.Ordinal), "the orders' major");

        // The page that came after signing in may have asked for one of them just before.
        var copies = window.Requests.Where(static address => address.Contains("/npm/clsx@", StringComparison.Ordinal)).Select(static address => new Uri(address).AbsolutePath).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, copies.Length);
        Assert.Matches("^/_s/orders/.*/npm/clsx@2\\.1\\.1/", copies[0]);
        Assert.Matches("^/_s/users/.*/npm/clsx@1\\.2\\.1/", copies[1]);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_package_of_the_shops_own_is_loaded_once_in_the_newest_version_on_offer()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/");
        await window.Page.Locator("[data-module='analytics/AnalyticsDashboard'][data-awake]").WaitForAsync();

        Assert.Equal("1.1.0", await window.EvaluateAsync<string>("import('@shop/tokens').then(tokens => tokens.version)"));
        Assert.Single(window.Requests.Where(static address => address.Contains("/tokens-", StringComparison.Ordinal)).Distinct());
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Every_module_of_a_page_is_in_its_map_with_the_hash_that_the_browser_checks()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/analytics");
        await window.HasAskedForAsync(static address => address.Contains("/npm/", StringComparison.Ordinal), "a package");

        using var map = JsonDocument.Parse(await window.EvaluateAsync<string>("document.querySelector('script[type=importmap]').textContent"));
        var hashes = map.RootElement.GetProperty("integrity").EnumerateObject().Select(static pair => pair.Name).ToHashSet(StringComparer.Ordinal);
        var packages = window.Requests.Select(static address => new Uri(address).AbsolutePath).Where(static path => path.Contains("/npm/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(packages);
        Assert.NotEmpty(hashes);
        Assert.Contains(packages, hashes.Contains);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_chart_that_the_server_drew_shows_fewer_days_when_asked_to()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/analytics");
        await window.Page.Locator("[data-module='analytics/AnalyticsDashboard'][data-awake]").WaitForAsync();
        var last = await window.Page.Locator(".chart-days span").Last.TextContentAsync();

        await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Last 7" }).ClickAsync();

        await Eventually.HoldsAsync(
            async () => await window.EvaluateAsync<double>("document.querySelector('.chart svg').viewBox.baseVal.width") is > 209 and < 211,
            "seven of thirty days fill the frame");
        Assert.Equal(last, await window.Page.Locator(".chart-days span").Last.TextContentAsync());
        await Microsoft.Playwright.Assertions.Expect(window.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Last 7" })).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Without_javascript_every_page_shows_all_its_parts_and_nothing_that_needs_it()
    {
        await using var window = await browser.OpenAsync(withScript: false);
        foreach (var path in (string[])[.. OpenShop.Pages, "/analytics?range=7d"])
        {
            await open.WholeWithoutScriptAsync(window, path);
            Assert.NotEqual(0, await window.Page.Locator("main h1, main h2").CountAsync());
            Assert.Equal(0, await window.Page.Locator("product-keep *, visit-range *").CountAsync());
            Assert.Equal(0, await window.Page.Locator(".detail-keep:visible").CountAsync());

            Assert.Equal("", string.Join('\n', window.Complaints));
        }

        Assert.Equal(7, await window.Page.Locator(".chart-bar").CountAsync());
    }
}
