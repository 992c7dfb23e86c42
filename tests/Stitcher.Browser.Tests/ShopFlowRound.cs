using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>Somebody, signed in and with two notebooks in the cart, does all that people do in the shop while one of its services is gone.</summary>
/// <param name="visitor">Who it is; an admin, standing before the notebooks.</param>
/// <param name="dead">The service.</param>
/// <param name="number">Another one for each service: pages that anybody has looked at are remembered for a while, and would be shown.</param>
internal sealed class ShopFlowRound(ShopFlowVisitor visitor, string dead, int number)
{
    public const string Notebooks = "/products/3";
    public const string Notebook = "Causeway notebook";

    private readonly ShopFlowShopper _shopper = new(visitor);
    private readonly ShopFlowKeeper _keeper = new(visitor);

    /// <summary>The path of the order's page, when one could be placed.</summary>
    public string? Order { get; private set; }

    /// <summary>Does all of it: what the readme says goes on must, and anything else must say its sentence.</summary>
    public async Task GoAsync()
    {
        Assert.Equal(ShopFlowDeed.All.Keys, Steps.Select(static step => step.Deed));
        foreach (var (deed, goOn, fail) in Steps)
        {
            if (ShopFlowDeed.All[deed].RefusalWithout(dead) is not { } refusal)
            {
                await goOn();
                continue;
            }

            await fail();
            await Expect(visitor.Main).ToContainTextAsync(refusal);
        }
    }

    /// <summary>All of it, as the readme calls it and in its order: how it is done, and how it is tried in vain.</summary>
    private (string Deed, Func<Task> GoOn, Func<Task> Fail)[] Steps =>
    [
        ("put something in the cart", () => _shopper.PutInCartAsync(1), () => PressAsync(visitor.Button("Put in the cart"), "/cart")),
        ("change what is in the cart", ChangeCartAsync, () => LookAsync("/cart")),
        ("look round and filter", LookRoundAsync, () => LookAsync($"/products?category={ShopFlowPage.Shelf(number)}&sort=price-down")),
        ("look for something", SearchAsync, SearchInVainAsync),
        ("look at a product", LookAtProductAsync, () => LookAsync($"/products/{41 + number}")),
        ("read the figures", ReadFiguresAsync, () => LookAsync("/analytics?range=7d")),
        ("choose a look", ChooseAsync, () => LookAsync("/preferences")),
        ("keep shelves", KeepShelvesAsync, () => LookAsync("/admin/categories")),
        ("keep products", KeepProductsAsync, () => LookAsync("/admin/products/new")),
        ("pay", PayAsync, PayInVainAsync),
        ("look at orders", LookAtOrdersAsync, () => LookAsync("/orders")),
        ("sign out and in", SignOutAndInAsync, () => LookAsync("/sign-in")),
    ];

    private Task<IResponse> LookAsync(string path) => visitor.GoAsync(path, "");

    private Task PressAsync(ILocator button, string path)
    {
        visitor.Expects(path, 422);
        return visitor.Way.WithScript ? button.ClickAsync() : visitor.LeaveAsync(() => button.ClickAsync());
    }

    private async Task ChangeCartAsync()
    {
        await visitor.GoAsync("/cart", "Your cart");
        await _shopper.SetPiecesAsync(Notebook, "4");
        await visitor.HasInCartAsync(4);
        await _shopper.SetPiecesAsync(Notebook, "2");
        await visitor.HasInCartAsync(2);
    }

    private async Task LookRoundAsync()
    {
        await visitor.GoAsync("/", "Made for weather.");
        await visitor.FollowAsync(visitor.Sign("Products"), "/products", "Products");
        await visitor.FollowAsync(visitor.Main.GetByRole(AriaRole.Navigation, new() { Name = "Shelves" }).GetByText("Kitchen"), @"/products\?category=kitchen", "Kitchen");
        await Expect(visitor.Main.Locator(".product-card")).ToHaveCountAsync(11);
    }

    private async Task SearchAsync()
    {
        await visitor.GoAsync("/", "Made for weather.");
        await _shopper.SearchAsync("kettle", "Quayside kettle", "/products/7");
    }

    // The page's own field is there in place of the service's.
    private async Task SearchInVainAsync()
    {
        await LookAsync($"/?category={ShopFlowPage.Shelf(number)}&page=2");
        await visitor.Main.GetByRole(AriaRole.Searchbox).FillAsync($"kettle {visitor.Way.Email}");
        await visitor.LeaveAsync(() => visitor.Button("Search").ClickAsync());
    }

    private async Task LookAtProductAsync()
    {
        await visitor.GoAsync("/products/7", "Quayside kettle");
        await Expect(visitor.Main.Locator(".detail-price")).ToHaveTextAsync("€79.00");
    }

    private async Task ReadFiguresAsync()
    {
        await visitor.FollowAsync(visitor.Sign("Analytics"), "/analytics", "Who came by");
        await Expect(visitor.Main.Locator(".board-table tbody tr")).ToHaveCountAsync(30);
    }

    private async Task ChooseAsync()
    {
        foreach (var (look, paper) in ((string, string)[])[("Dark", "rgb(13, 21, 20)"), ("As my machine has it", "rgb(238, 242, 239)")])
        {
            await visitor.GoAsync("/preferences", "Preferences");
            await _shopper.ChooseAsync(look, "en");
            await Expect(visitor.Page.Locator("html")).ToHaveCSSAsync("background-color", paper);
        }
    }

    private async Task KeepShelvesAsync()
    {
        var shelf = $"Shelf without {dead}, {visitor.Way.Look}";
        await visitor.GoAsync("/admin/categories", "Shelves");
        await _keeper.PutUpShelfAsync(shelf);
        await _keeper.TakeDownShelfAsync(shelf);
    }

    private async Task KeepProductsAsync()
    {
        var product = $"Vane without {dead}, {visitor.Way.Look}";
        await visitor.GoAsync("/admin/products/new", "A new product");
        await _keeper.FillProductAsync(product);
        await _keeper.PutAsync(product);
        await visitor.FillAsync("Price in euros", "33,10");
        await visitor.FollowAsync(visitor.Button("Save"), @"/admin/products/\d+\?done=saved", product);
        await _keeper.DeleteAsync(product);
    }

    private async Task PayAsync()
    {
        await visitor.GoAsync("/checkout", "Checkout");
        await _shopper.FillPaymentAsync();
        await _shopper.PayAsync();
        Order = new Uri(visitor.Page.Url).AbsolutePath;
    }

    private async Task PayInVainAsync()
    {
        await LookAsync("/checkout");
        if (dead != "orders")
        {
            await _shopper.FillPaymentAsync();
            await PressAsync(_shopper.Pay, "/checkout");
        }
    }

    private async Task LookAtOrdersAsync()
    {
        await visitor.FollowAsync(visitor.Sign("Orders"), "/orders", "Your orders");
        await Expect(visitor.Main.Locator("article.order").First).ToBeVisibleAsync();
    }

    private async Task SignOutAndInAsync()
    {
        await _shopper.SignOutAsync();
        await visitor.GoAsync("/sign-in?return=/orders", "Sign in");
        await _shopper.SignInAsync("/orders", "Your orders");
    }
}
