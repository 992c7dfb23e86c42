using Microsoft.Playwright;
using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>The shop as a customer goes through it, on a desk and on a phone, with scripts and without.</summary>
[Collection(ShopFlow.Name)]
public sealed class ShopFlowReaderTests(RealBrowser browser, ShopFlow flow)
{
    public static TheoryData<int> Ways => ShopFlow.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    [Trait("Meets", "products/ProductCatalog products/ProductSearch products/ProductsPage products/ProductCard")]
    [Trait("Meets", "users/LoginForm users/UserProfile")]
    [Trait("Meets", "orders/CartBadge orders/OrderSummary orders/PaymentForm orders/OrderHistory")]
    [Trait("Meets", "analytics/AnalyticsDashboard analytics/EventTracker")]
    public async Task A_reader_finds_something_puts_it_in_the_cart_signs_in_at_the_till_pays_and_sees_the_order(int number)
    {
        var way = ShopFlowWay.All[number];
        await using var reader = await flow.EnterAsync(browser, way);
        var shopper = new ShopFlowShopper(reader);

        var before = await shopper.TodayAsync();

        // Looking round.
        await reader.GoAsync("/", "Made for weather.");
        await reader.FollowAsync(reader.Sign("Products"), "/products", "Products");
        await reader.FollowAsync(reader.Main.GetByRole(AriaRole.Navigation, new() { Name = "Shelves" }).GetByText("Kitchen"), @"/products\?category=kitchen", "Kitchen");
        await Expect(reader.Main.Locator(".product-card")).ToHaveCountAsync(11);
        await reader.FollowAsync(reader.Page.GetByRole(AriaRole.Link, new() { Name = "Saltmarsh, to the start page" }), "/", "Made for weather.");
        await shopper.SearchAsync("kettle", "Quayside kettle", "/products/7");
        await Expect(reader.Page).ToHaveTitleAsync("Quayside kettle, Saltmarsh");
        await Expect(reader.Main.Locator(".detail-price")).ToHaveTextAsync("€79.00");

        // The cart: twice the same thing, one more, one less, another and not.
        await shopper.PutInCartAsync(1);
        await shopper.OwesAsync("€79.00");
        await reader.HasInCartAsync(1);
        await reader.FollowAsync(reader.Link("Quayside kettle"), "/products/7", "Quayside kettle");
        await shopper.PutInCartAsync(2);
        await shopper.OwesAsync("€237.00");
        await reader.HasInCartAsync(3);
        reader.Expects("/cart", 422);
        await shopper.SetPiecesAsync("Quayside kettle", "0");
        await Expect(reader.ErrorOf("quantity-7")).ToHaveTextAsync("Between 1 and 99 pieces, please.");
        await shopper.SetPiecesAsync("Quayside kettle", "2");
        await shopper.OwesAsync("€158.00");
        await Expect(reader.ErrorOf("quantity-7")).ToBeEmptyAsync();
        await reader.HasInCartAsync(2);
        await reader.GoAsync("/products/18", "Ferry towel");
        await shopper.PutInCartAsync(1);
        await shopper.OwesAsync("€190.00");
        await shopper.RemoveAsync("Ferry towel");
        await shopper.OwesAsync("€158.00");
        await reader.HasInCartAsync(2);

        // The till wants to know who it is.
        await reader.FollowAsync(reader.Link("To the checkout"), "/sign-in\\?return=.*checkout", "Sign in");
        await reader.FillAsync("Email", way.Email);
        await reader.BeRefusedAsync(reader.Button("Sign in"), "/sign-in", reader.ErrorOf("password"), "Please enter your password.");
        await Expect(reader.Main.GetByLabel("Email")).ToHaveValueAsync(way.Email);
        await reader.FillAsync("Password", "saltmash");
        await reader.BeRefusedAsync(reader.Button("Sign in"), "/sign-in", reader.Main.GetByRole(AriaRole.Alert), "do not belong together");
        await Expect(reader.Main.GetByLabel("Email")).ToHaveValueAsync(way.Email);
        await shopper.SignInAsync("/checkout", "Checkout");
        await reader.HasInCartAsync(2);

        // Everything wrong in turn, then a card that is declined, then a good one.
        await shopper.FillPaymentAsync();
        foreach (var (label, field, text, sentence) in ShopFlowShopper.Mistakes)
        {
            await shopper.MistakeAsync(label, field, text, sentence);
        }

        await reader.FillAsync("Card number", "4000 0000 0000 0002");
        await reader.BeRefusedAsync(shopper.Pay, "/checkout", reader.Main.GetByRole(AriaRole.Alert), "declined the card. Nothing was ordered");
        await Expect(reader.Main.GetByLabel("Town")).ToHaveValueAsync("Quayside");
        await shopper.FillPaymentAsync();
        var order = await shopper.PayAsync();
        await Expect(reader.Main).ToContainTextAsync("Thank you, it is ordered.");
        await Expect(reader.Main).ToContainTextAsync("Staithe Street 4");
        await Expect(reader.Main).ToContainTextAsync("€158.00");
        await reader.HasInCartAsync(0);

        await reader.FollowAsync(reader.Sign("Orders"), "/orders", "Your orders");
        await Expect(reader.Main.GetByRole(AriaRole.Article, new() { Name = $"Order {order}" })).ToContainTextAsync("€158.00");

        await shopper.SignOutAsync();
        await reader.FollowAsync(reader.Sign("Orders"), "/orders", "Your orders");
        await Expect(reader.Main).ToContainTextAsync("Sign in to see what you have ordered.");

        // All of it is counted; without scripts the pages are.
        await Eventually.HoldsAsync(
            async () => await shopper.TodayAsync() is var now && now.Pages >= before.Pages + 10
                && (!way.WithScript || (now.Products > before.Products && now.Carts >= before.Carts + 3 && now.Orders > before.Orders)),
            $"the figures of today say what was done ({before} before)");
        reader.IsContent();
    }
}
