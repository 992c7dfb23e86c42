using Microsoft.Playwright;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>The federation page of a shop in which several things are wrong, as whoever is woken up sees it.</summary>
public sealed class FederationPageTests(RealBrowser browser)
{
    public static TheoryData<int> Looks => new(Enumerable.Range(0, Look.All.Length));

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(int look)
    {
        await using var shop = await TroubledShopAsync();
        await using var window = await browser.OpenAsync(Look.All[look]);
        await window.GoAsync(PageOf(shop));
        await PictureAsync(window, $"federation-{Look.All[look]}");

        var findings = await Axe.FindingsAsync(window);

        Assert.True(findings.Count == 0, string.Join('\n', findings));
        Assert.True(await window.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "something is wider than the window");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Typing_a_name_filters_at_once_and_the_address_keeps_it()
    {
        await using var shop = await TroubledShopAsync();
        await using var window = await browser.OpenAsync();
        await window.GoAsync(PageOf(shop));
        await window.Page.Locator("#q").FillAsync("Lodash");
        await Assertions.Expect(window.Page.Locator("details.package:visible")).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.Locator("#services + table tbody tr:visible")).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"\?q=lodash$"));
        await Assertions.Expect(window.Page.Locator("#told")).ToContainTextAsync("1 of");
        await Assertions.Expect(window.Page.Locator(".warnings li").First).ToBeVisibleAsync();

        await window.Page.Locator("#q").FillAsync("");
        await Assertions.Expect(window.Page.Locator("#services + table tbody tr:visible")).ToHaveCountAsync(5);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_link_to_a_package_opens_it()
    {
        await using var shop = await TroubledShopAsync();
        await using var window = await browser.OpenAsync();
        await window.GoAsync(new Uri(PageOf(shop) + "#package-lit"));
        var inside = window.Page.Locator(".inside:has([id='package-lit'])");
        await Assertions.Expect(inside).ToBeVisibleAsync();
        await Assertions.Expect(inside).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_shop_without_trouble_has_a_green_line()
    {
        await using var shop = await SharedPackages.StartAsync(null, ("cart", [new("lit", "3.3.3", "^3.0.0")]), ("orders", [new("lit", "3.2.0", "^3.0.0")]));
        await using var window = await browser.OpenAsync(Look.Narrow);
        await window.GoAsync(PageOf(shop));
        await PictureAsync(window, "federation-good");
        await Assertions.Expect(window.Page.Locator("h1 + .calm")).ToBeInViewportAsync();
        Assert.Empty(await Axe.FindingsAsync(window));
    }

    private static Uri PageOf(SharedPackages shop) => new(shop.Gateway.Management, "/_stitcher/federation");

    private static async Task<SharedPackages> TroubledShopAsync()
    {
        var shop = await SharedPackages.StartAsync(
            setup => setup.Set("Stitcher:Federation:Host", "products"),
            ("products", [Svelte("5.1.3", "^5.0.0"), Lit("lit", "3.3.3"), Lit("lit-html", "3.3.1"), Lit("@lit/reactive-element", "2.1.1"), Lodash("4.17.21", "^4.17.0"), new("@shop/money", "0.0.51", "^0.0.51")]),
            ("users", [Svelte("5.2.0", "^5.0.0"), Lodash("4.17.20", "^4.17.0")]),
            ("orders", [Svelte("4.2.19", "^4.0.0"), new("@shop/money", "0.0.50", "^0.0.50"), Lodash("3.10.1", "^3.0.0")]),
            ("analytics", [Svelte("5.0.5", "^5.0.0"), new("chart.js", null, "^4.4.0"), new("../escape", "1.0.0", "^1.0.0")]),
            ("cart", [Lit("lit", "3.2.0"), Lit("lit-html", "3.2.0"), Lit("@lit/reactive-element", "2.0.4")]));
        shop.Deploy("cart", "2026.11.23-4f1c", Lit("lit", "3.3.2"), Lit("lit-html", "3.3.0"), Lit("@lit/reactive-element", "2.1.0"));
        await shop.HasAsync(told => told.GetProperty("services")[1].GetProperty("retained").GetArrayLength() == 1, "cart was deployed");
        await shop["users"].StopAsync();
        await shop.HasAsync(told => told.GetProperty("services")[4].TryGetProperty("trouble", out _), "users is away");
        return shop;
    }

    private static SharedRow Svelte(string version, string range) => new("svelte", version, range, Strict: true, Bytes: 31_744);

    private static SharedRow Lit(string package, string version) => new(package, version, "^" + version[0] + ".0.0", Family: "lit");

    private static SharedRow Lodash(string version, string range) => new("lodash", version, range, Singleton: false, Bytes: 73_015);

    // For whoever changes how it looks.
    private static async Task PictureAsync(Window window, string name)
    {
        if (Environment.GetEnvironmentVariable("STITCHER_PICTURES") is { Length: > 0 } folder)
        {
            await window.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(folder, name.Replace(' ', '-') + ".png") });
        }
    }
}
