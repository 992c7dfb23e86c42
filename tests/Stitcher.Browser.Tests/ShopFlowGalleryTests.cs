using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>Each service alone, on the development page that it shows at its own address.</summary>
public sealed class ShopFlowGalleryTests(RealBrowser browser)
{
    public static TheoryData<string> Services => [.. RunningShop.Projects.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_alone_shows_each_of_its_fragments_and_the_browser_has_nothing_to_complain_of(string service)
    {
        // Without a gateway's key, as a team starts it at its desk: in Development its settings say who is signed in.
        using var folder = new TemporaryFolder();
        await using var alone = await ServiceProcess.StartAsync(
            RunningShop.Projects[service], new Dictionary<string, string> { ["Database"] = folder.File("alone.db"), ["STITCHER_IDENTITY_KEY"] = "" });
        await using var window = await browser.OpenAsync();
        await window.GoAsync(alone.Address);

        var cards = window.Page.Locator("article.fragment");
        var names = ExposedThing.Of(service).Where(static thing => thing.HasFragment).Select(static thing => thing.Name).ToArray();
        await Expect(cards).ToHaveCountAsync(names.Length);
        foreach (var name in names)
        {
            // Fragments further down are fetched when they come into sight.
            await window.Page.Locator($"#{name}").ScrollIntoViewIfNeededAsync();
            await Expect(window.Page.Locator($"#{name} .status")).ToContainTextAsync("200");
            await Expect(window.Page.FrameLocator($"#{name} iframe").Locator("body > *").First).ToBeAttachedAsync();
        }

        // What has no face is there by its name.
        foreach (var thing in ExposedThing.Of(service).Where(static thing => !thing.HasFragment))
        {
            Assert.NotEqual(0, await window.EvaluateAsync<int>($"import('{thing.Address}').then(module => Object.keys(module).length)"));
            await Expect(window.Page.Locator("#modules")).ToContainTextAsync(thing.Address);
        }

        if (service == "products")
        {
            Assert.Equal("Write a name.", await window.EvaluateAsync<string>("import('products/Product').then(({ validate }) => validate({ name: '' }).name)"));
            Assert.Equal(1, await window.EvaluateAsync<int>("import('products/ProductAPI').then(async ({ productApi }) => (await productApi.list({ search: 'kettle' })).total)"));
            Assert.Equal(1, await window.EvaluateAsync<int>(
                "import('products/ProductStore').then(async ({ productStore }) => { await productStore.loadProducts({ search: 'kettle' }); return productStore.total; })"));
        }

        Assert.Empty(window.Complaints);
    }
}
