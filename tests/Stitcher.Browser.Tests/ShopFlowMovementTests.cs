using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>Getting from page to page without starting anew: what a reader hears, sees and can go back to.</summary>
[Collection(ShopFlow.Name)]
public sealed class ShopFlowMovementTests(RealBrowser browser, ShopFlow flow)
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_reader_walks_through_the_shop_and_back_in_one_document_and_is_told_where_they_are(int number)
    {
        await using var reader = await flow.EnterAsync(browser, ShopFlowWay.All[number]);
        await reader.GoAsync("/", "Made for weather.");

        // Until the part that goes softly is there, links load whole pages.
        await Expect(reader.Page.Locator("[data-live-region]")).ToHaveCountAsync(1);
        await reader.Window.EvaluateAsync<bool>("window.isSame = true");

        await reader.FollowAsync(reader.Sign("Products"), "/products", "Products");
        await IsToldAsync(reader, "Products, Saltmarsh", "Products");
        await reader.FollowAsync(reader.Link("Fallow mug"), "/products/1", "Fallow mug");
        await IsToldAsync(reader, "Fallow mug, Saltmarsh", "Fallow mug");
        await new ShopFlowShopper(reader).PutInCartAsync(1);
        await IsToldAsync(reader, "Your cart, Saltmarsh", "Your cart");

        await reader.LeaveAsync(() => reader.Page.EvaluateAsync("history.back()"));
        await reader.AtAsync("/products/1", "Fallow mug");
        await IsToldAsync(reader, "Fallow mug, Saltmarsh", "Fallow mug");
        await reader.HasInCartAsync(1);
        await reader.LeaveAsync(() => reader.Page.EvaluateAsync("history.back()"));
        await reader.AtAsync("/products", "Products");
        await reader.LeaveAsync(() => reader.Page.EvaluateAsync("history.forward()"));
        await reader.AtAsync("/products/1", "Fallow mug");

        Assert.True(await reader.Window.EvaluateAsync<bool>("window.isSame === true"), "The browser has loaded a page as a whole.");
        reader.IsContent();
    }

    private static async Task IsToldAsync(ShopFlowVisitor reader, string title, string heading)
    {
        await Expect(reader.Page).ToHaveTitleAsync(title);
        await Expect(reader.Main.Locator("h1")).ToBeFocusedAsync();
        await Expect(reader.Main.Locator("h1")).ToHaveTextAsync(heading);
        await Expect(reader.Page.Locator("[data-live-region]")).ToHaveTextAsync(title);
    }
}
