using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>What readers choose, and what happens to them meanwhile, on a desk and on a phone, with scripts and without.</summary>
[Collection(ShopFlow.Name)]
public sealed class ShopFlowChoicesTests(RealBrowser browser, ShopFlow flow)
{
    // Asks the page for its colours each time the browser is about to paint it.
    private const string Watch =
        """
        window.paints = [];
        const look = () => {
          if (document.querySelector('main')) window.paints.push(getComputedStyle(document.documentElement).backgroundColor);
          if (document.readyState !== 'complete') requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """;

    private const string DarkPaper = "rgb(13, 21, 20)";

    public static TheoryData<int> Ways => ShopFlow.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    [Trait("Meets", "users/UserPreferences")]
    public async Task What_a_reader_chose_is_so_from_the_first_paint_of_the_next_page(int number)
    {
        await using var reader = await flow.EnterAsync(browser, ShopFlowWay.All[number]);
        await reader.GoAsync("/sign-in?return=/preferences", "Sign in");
        var shopper = new ShopFlowShopper(reader);
        await shopper.SignInAsync("/preferences", "Preferences");

        await shopper.ChooseAsync("Dark", "de");
        await Expect(reader.Page.Locator("html")).ToHaveCSSAsync("background-color", DarkPaper);
        await reader.Page.AddInitScriptAsync(Watch);
        await reader.GoAsync("/orders", "Your orders");
        await Expect(reader.Page.Locator("html")).ToHaveCSSAsync("background-color", DarkPaper);
        if (reader.Way.WithScript)
        {
            Assert.All(await reader.Window.EvaluateAsync<string[]>("window.paints"), static paint => Assert.Equal(DarkPaper, paint));
        }

        // Sums as in German: 1.234,50 €.
        await Expect(reader.Main.Locator(".order-total").First).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"^\s*[\d.]+,\d\d\s€\s*$"));
        await reader.GoAsync("/products/7", "Quayside kettle");
        await Expect(reader.Main.Locator(".detail-price")).ToHaveTextAsync("79,00 €");

        await reader.GoAsync("/preferences", "Preferences");
        await shopper.ChooseAsync("As my machine has it", "en");
        await Expect(reader.Page.Locator("html")).ToHaveCSSAsync("background-color", "rgb(238, 242, 239)");
        reader.IsContent();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Two_clicks_order_once(int number)
    {
        await using var reader = await flow.EnterAsync(browser, ShopFlowWay.All[number]);
        var shopper = new ShopFlowShopper(reader);
        await reader.GoAsync("/sign-in?return=/orders", "Sign in");
        await shopper.SignInAsync("/orders", "Your orders");
        var before = await reader.Main.Locator("article.order").CountAsync();
        await BeAtTheTillWithAsync(reader, "/products/18", "Ferry towel", 1);

        await reader.LeaveAsync(() => reader.Window.PressTwiceAsync(shopper.Pay));
        await reader.AtAsync(@"/orders/\d+(\?again=true)?", "Order ");

        await reader.FollowAsync(reader.Sign("Orders"), "/orders", "Your orders");
        await Expect(reader.Main.Locator("article.order")).ToHaveCountAsync(before + 1);
        reader.IsContent();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_was_signed_out_meanwhile_is_told_so_and_orders_after_all(int number)
    {
        await using var reader = await flow.EnterAsync(browser, ShopFlowWay.All[number]);
        var shopper = new ShopFlowShopper(reader);
        await reader.GoAsync("/sign-in", "Sign in");
        await shopper.SignInAsync("/", "Made for weather.");
        await BeAtTheTillWithAsync(reader, "/products/9", "Reed pencils", 3);
        var beside = await reader.OpenBesideAsync();
        await beside.GoAsync("/", "Made for weather.");
        await new ShopFlowShopper(beside).SignOutAsync();

        await reader.FollowAsync(shopper.Pay, @"/sign-in\?return=.*checkout.*", "Sign in");
        await shopper.SignInAsync(@"/checkout\?resume=true", "Checkout");

        await Expect(reader.Main).ToContainTextAsync("You had been signed out when your form came in, so nothing was ordered and nothing was paid.");
        await reader.HasInCartAsync(3);
        await shopper.FillPaymentAsync();
        await shopper.PayAsync();
        reader.IsContent();
        beside.IsContent();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_wanted_more_than_is_left_is_told_so_and_takes_what_is_left(int number)
    {
        // A product for each way, of which there are enough at first.
        var (id, name) = ((int, string)[])[(16, "Lugsail tarp"), (22, "Coppice hatchet"), (46, "Driftwood stove"), (60, "Low-tide throw")] is var things ? things[number] : default;
        await using var reader = await flow.EnterAsync(browser, ShopFlowWay.All[number]);
        await using var admin = await flow.EnterAsync(browser, ShopFlowWay.All[number].AsAdmin);
        var shopper = new ShopFlowShopper(reader);
        await admin.GoAsync($"/sign-in?return=/admin/products/{id}", "Sign in");
        await new ShopFlowShopper(admin).SignInAsync($"/admin/products/{id}", name);
        await reader.GoAsync("/sign-in", "Sign in");
        await shopper.SignInAsync("/", "Made for weather.");
        await BeAtTheTillWithAsync(reader, $"/products/{id}", name, 3);

        await admin.FillAsync("On the shelf", "2");
        await admin.FollowAsync(admin.Button("Save"), $@"/admin/products/{id}\?done=saved", name);
        await reader.BeRefusedAsync(shopper.Pay, "/checkout", reader.Main.GetByRole(AriaRole.Alert), $"{name}: there are 2 left, you wanted 3.");

        await reader.FollowAsync(reader.Button("Take what is left"), "/checkout", "Checkout");
        await reader.HasInCartAsync(2);
        await shopper.FillPaymentAsync();
        await shopper.PayAsync();
        await admin.GoAsync($"/products/{id}", name);
        await Expect(admin.Main.Locator(".detail-stock")).ToContainTextAsync("Sold out.");
        reader.IsContent();
        admin.IsContent();
    }

    private static async Task BeAtTheTillWithAsync(ShopFlowVisitor reader, string path, string product, int pieces)
    {
        var shopper = new ShopFlowShopper(reader);
        await reader.GoAsync(path, product);
        await shopper.PutInCartAsync(pieces);
        await reader.FollowAsync(reader.Link("To the checkout"), "/checkout", "Checkout");
        await shopper.FillPaymentAsync();
    }
}
