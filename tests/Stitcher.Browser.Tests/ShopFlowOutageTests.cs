using Microsoft.Playwright;
using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>Each service dies while people are in the shop, on a desk with scripts and on a phone without, and comes back.</summary>
[Collection(ShopFlow.Name)]
public sealed class ShopFlowOutageTests(RealBrowser browser, ShopFlow flow)
{
    public static TheoryData<string> Services => [.. RunningShop.Projects.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_that_dies_takes_only_its_own_parts_with_it_loses_nothing_and_all_is_whole_soon_after_it_is_back(string service)
    {
        var pages = ShopFlowPage.All(RunningShop.Projects.Keys.ToList().IndexOf(service));
        await using var desk = await flow.EnterAsync(browser, ShopFlowWay.All[0].AsAdmin);
        await using var phone = await flow.EnterAsync(browser, ShopFlowWay.All[3].AsAdmin);
        ShopFlowVisitor[] visitors = [desk, phone];
        await Task.WhenAll(visitors.Select(FillCartAsync));
        foreach (var path in (string[])["/", "/products", "/products/7", "/cart", "/sign-in", "/preferences", "/orders", "/analytics"])
        {
            await Eventually.HoldsAsync(() => OpenShop.KeepsAsync(flow.Shop, path), $"the gateway has asked for every file that {path} names");
        }

        await flow.Shop.KillAsync(service);
        try
        {
            foreach (var visitor in visitors)
            {
                visitor.ExpectsOutageOf(service);
            }

            await Task.WhenAll(visitors.Select(visitor => LookAtAsync(visitor, pages, service)));
            await Task.WhenAll(visitors.Select(visitor => TryAsync(visitor, service)));
        }
        finally
        {
            await flow.Shop.StartAgainAsync(service);
        }

        foreach (var page in pages.Where(page => page.Service == service))
        {
            await Eventually.HoldsAsync(() => IsWholeAsync(desk, page), $"{page} is whole again", RunningShop.Recovery);
        }

        await Task.WhenAll(visitors.Select(LookAtCartAsync));
        desk.IsContent();
        phone.IsContent();
    }

    private static async Task FillCartAsync(ShopFlowVisitor visitor)
    {
        await visitor.GoAsync("/sign-in?return=/products/3", "Sign in");
        var shopper = new ShopFlowShopper(visitor);
        await shopper.SignInAsync("/products/3", "Causeway notebook");
        await shopper.PutInCartAsync(2);
    }

    private static async Task LookAtCartAsync(ShopFlowVisitor visitor)
    {
        await visitor.GoAsync("/cart", "Your cart");
        await new ShopFlowShopper(visitor).OwesAsync("€33.00");
        await visitor.HasInCartAsync(2);
    }

    private static async Task LookAtAsync(ShopFlowVisitor visitor, IReadOnlyList<ShopFlowPage> pages, string dead)
    {
        foreach (var page in pages)
        {
            var isGone = page.Service == dead;
            var response = await visitor.GoAsync(page.Path, isGone && page.OwnsStatus ? "" : page.Heading);
            Assert.True(response.Status == (isGone && page.OwnsStatus ? 503 : 200), $"{page} is {response.Status} without {dead}, {visitor.Way}");
            await Expect(visitor.Main.GetByText(page.Sentence)).ToHaveCountAsync(isGone ? 1 : 0);
        }
    }

    private static async Task<bool> IsWholeAsync(ShopFlowVisitor visitor, ShopFlowPage page)
    {
        var response = await visitor.GoAsync(page.Path, "");
        return response.Status == 200 && await visitor.Main.GetByText(page.Sentence).CountAsync() == 0;
    }

    /// <summary>What somebody would do, not knowing that a service is gone.</summary>
    private static async Task TryAsync(ShopFlowVisitor visitor, string dead)
    {
        var shopper = new ShopFlowShopper(visitor);
        switch (dead)
        {
            case "products":
                await visitor.GoAsync("/checkout", "Checkout");
                await shopper.FillPaymentAsync();
                await visitor.BeRefusedAsync(shopper.Pay, "/checkout", visitor.Main.GetByRole(AriaRole.Alert), "The shelves cannot be reached just now, so nothing was ordered");
                break;
            case "orders":
                await visitor.GoAsync("/products/7", "Quayside kettle");
                await visitor.Main.GetByLabel("How many").FillAsync("1");
                if (visitor.Way.WithScript)
                {
                    await visitor.Button("Put in the cart").ClickAsync();
                    await Expect(visitor.Main.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was lost; please try again.");
                }
                else
                {
                    await visitor.LeaveAsync(() => visitor.Button("Put in the cart").ClickAsync());
                    await Expect(visitor.Main).ToContainTextAsync("The till is closed for the moment.");
                }

                break;
            case "users":
                // Who is signed in stays so: the gateway knows it.
                await visitor.GoAsync("/orders", "Your orders");
                await Expect(visitor.Main.Locator("article.order").First).ToBeVisibleAsync();
                break;
            default:
                await visitor.GoAsync("/products/3", "Causeway notebook");
                await shopper.PutInCartAsync(1);
                await visitor.HasInCartAsync(3);
                await shopper.SetPiecesAsync("Causeway notebook", "2");
                await visitor.HasInCartAsync(2);
                break;
        }
    }
}
