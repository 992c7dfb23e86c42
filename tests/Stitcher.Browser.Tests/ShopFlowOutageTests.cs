using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>Each service dies while people are in the shop, and comes back.</summary>
[Collection(ShopFlowOutage.Name)]
public sealed class ShopFlowOutageTests(RealBrowser browser, ShopFlowOutage flow)
{
    public static TheoryData<string> Services => [.. RunningShop.Projects.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_that_dies_takes_only_its_own_parts_with_it_loses_nothing_and_all_is_whole_soon_after_it_is_back(string service)
    {
        var number = RunningShop.Projects.Keys.ToList().IndexOf(service);
        var pages = ShopFlowPage.All(number).Where(page => page.Service == service).ToArray();

        // A desk and a phone, with scripts and without, and the other way round for the next service.
        await using var one = await flow.EnterAsync(browser, ShopFlowWay.All[number % 2].AsAdmin);
        await using var other = await flow.EnterAsync(browser, ShopFlowWay.All[3 - (number % 2)].AsAdmin);
        ShopFlowVisitor[] visitors = [one, other];
        var rounds = visitors.Select(visitor => new ShopFlowRound(visitor, service, number)).ToArray();
        await Task.WhenAll(visitors.Select(FillCartAsync));
        await flow.Shop.KillAsync(service);
        try
        {
            foreach (var visitor in visitors)
            {
                visitor.ExpectsOutageOf(service);
            }

            await Task.WhenAll(rounds.Select(static round => round.GoAsync()));
            await Task.WhenAll(visitors.Select(visitor => LookAtAsync(visitor, pages)));
        }
        finally
        {
            await flow.Shop.StartAgainAsync(service);
        }

        foreach (var page in pages)
        {
            await Eventually.HoldsAsync(() => IsWholeAsync(one, page), $"{page} is whole again", RunningShop.Recovery);
        }

        await Task.WhenAll(visitors.Zip(rounds, LookAfterAsync));
        one.IsContent();
        other.IsContent();
    }

    private static async Task FillCartAsync(ShopFlowVisitor visitor)
    {
        await visitor.GoAsync($"/sign-in?return={ShopFlowRound.Notebooks}", "Sign in");
        var shopper = new ShopFlowShopper(visitor);
        await shopper.SignInAsync(ShopFlowRound.Notebooks, ShopFlowRound.Notebook);
        await shopper.PutInCartAsync(2);
        await visitor.GoAsync(ShopFlowRound.Notebooks, ShopFlowRound.Notebook);
    }

    /// <summary>Nothing was lost: what was paid is an order, and what was not is in the cart.</summary>
    private static async Task LookAfterAsync(ShopFlowVisitor visitor, ShopFlowRound round)
    {
        await (round.Order is { } order ? visitor.GoAsync(order, "Order ") : visitor.GoAsync("/cart", "Your cart"));
        await Expect(visitor.Main).ToContainTextAsync("€33.00");
        await visitor.HasInCartAsync(round.Order is null ? 2 : 0);
    }

    private static async Task LookAtAsync(ShopFlowVisitor visitor, IEnumerable<ShopFlowPage> pages)
    {
        foreach (var page in pages)
        {
            var response = await visitor.GoAsync(page.Path, "");
            Assert.True(response.Status == (page.OwnsStatus ? 503 : 200), $"{page} is {response.Status} without {page.Service}, {visitor.Way}");
            await Expect(visitor.Main.GetByText(page.Sentence)).ToHaveCountAsync(1);
        }
    }

    private static async Task<bool> IsWholeAsync(ShopFlowVisitor visitor, ShopFlowPage page)
    {
        var response = await visitor.GoAsync(page.Path, "");
        return response.Status == 200 && await visitor.Main.GetByText(page.Sentence).CountAsync() == 0;
    }
}
