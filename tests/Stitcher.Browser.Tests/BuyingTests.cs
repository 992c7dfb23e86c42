using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>From the shelf to the order, as somebody with a phone does it.</summary>
[Collection(OpenShop.Name)]
public sealed class BuyingTests(RealBrowser browser, OpenShop open)
{
    private static readonly (string Name, string Value)[] Card =
        [("card-name", "TOMAS AKERBY"), ("card-number", "4242424242424242"), ("card-expiry", "12/49"), ("card-cvc", "123")];

    private static readonly (string Name, string Value)[] Delivery =
        [("name", "Tomas Åkerby"), ("street", "Northgate 3"), ("postcode", "SE-111"), ("town", "Northgate")];

    [Theory]
    [InlineData(true, 61)]
    [InlineData(false, 62)]
    public async Task A_thing_goes_from_its_shelf_through_cart_sign_in_and_till_to_an_order(bool withScript, int thing)
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync(Look.Narrow, withScript: withScript);
        var page = window.Page;
        await ShownAsync(window, $"/products/{thing}", ".detail-cart", withScript);
        await page.Locator(".detail-cart button[type=submit]").ClickAsync();
        await page.Locator(".summary-line").WaitForAsync();
        await FitsAsync(window);
        await ChangePiecesAsync(window, withScript);

        await page.Locator("main a[href='/checkout']").ClickAsync();
        await page.Locator("[name=email]").FillAsync("tomas@saltmarsh.example");
        await page.Locator("[name=password]").FillAsync("saltmarsh");
        await page.Locator("form[action='/sign-in'] button[type=submit]").ClickAsync();
        await page.Locator(".payment-fields").WaitForAsync();
        await FitsAsync(window);
        if (withScript)
        {
            await AgeAsync(window, ".payment-fields");
            await FillAsync(window, [.. Delivery, .. Card]);
            await PayAsync(window, "This form had been open for too long. Please send it again.");
        }

        await FillAsync(window, [.. Delivery, .. Card, ("card-number", "4000 0000 0000 0002"), ("town", "")]);
        await PayAsync(window, "Please look at");
        Assert.Equal("Please fill in the town.", await page.Locator("[data-error-for=town]").TextContentAsync());
        Assert.Equal("Northgate 3", await page.Locator("[name=street]").InputValueAsync());
        await FillAsync(window, [("town", "Northgate"), .. Card, ("card-number", "4000 0000 0000 0002")]);
        await PayAsync(window, "Pretend Pay declined the card");

        await FillAsync(window, Card);
        await window.PressTwiceAsync(page.Locator(".payment-pay"));
        await page.Locator(".summary-news").WaitForAsync();
        Assert.StartsWith("Thank you, it is ordered.", await page.Locator(".summary-news").TextContentAsync(), StringComparison.Ordinal);
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/orders/[0-9]+$"));
        await Expect(page.Locator(".cart-number")).ToHaveTextAsync("0");
        Assert.Equal("3", await page.Locator(".summary-table tbody td").First.TextContentAsync());
        await FitsAsync(window);

        // A form that was refused is a 422, which the browser notes.
        Assert.Equal("", string.Join('\n', window.Complaints.Where(complaint => !complaint.Contains("422", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_field_that_is_wrong_says_so_when_it_is_left_in_the_servers_words()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await ShownAsync(window, "/products/63", ".detail-cart", withScript: true);
        await window.Page.Locator(".detail-cart button[type=submit]").ClickAsync();
        await window.Page.Locator(".summary-line").WaitForAsync();
        Assert.Empty(await Axe.FindingsAsync(window));
        await window.GoAsync(open.Address("/sign-in?return=/checkout"));
        await window.Page.Locator("[name=email]").FillAsync("tomas@saltmarsh.example");
        await window.Page.Locator("[name=password]").FillAsync("saltmarsh");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Locator(".payment-form[data-awake]").WaitForAsync();
        Assert.Empty(await Axe.FindingsAsync(window));

        foreach (var (field, value, sentence) in ((string, string, string)[])
            [("postcode", "?", "data-wrong"), ("card-number", "4242 4242 4242 4241", "data-broken"), ("card-number", "5555555555554444", "data-refused"), ("card-expiry", "01/20", "data-broken"), ("card-cvc", "12", "data-wrong")])
        {
            var input = window.Page.Locator($"[name={field}]");
            await input.FillAsync(value);
            await input.BlurAsync();
            Assert.Equal(await input.GetAttributeAsync(sentence), await window.Page.Locator($"[data-error-for={field}]").TextContentAsync());
            Assert.Equal("true", await input.GetAttributeAsync("aria-invalid"));
        }

        Assert.Empty(await Axe.FindingsAsync(window));
        await window.Page.Locator("[name=card-number]").FillAsync("4242424242424242");
        Assert.Equal("", await window.Page.Locator("[data-error-for=card-number]").TextContentAsync());
        Assert.Empty(window.Complaints);
    }

    // With script the figures follow what is typed; without it the enter key sends the form.
    private static async Task ChangePiecesAsync(Window window, bool withScript)
    {
        if (withScript)
        {
            await window.Page.Locator(".order-summary[data-awake]").WaitForAsync();
            await AgeAsync(window, ".summary-form");
        }

        await window.Page.Locator(".summary-line input").FillAsync("3");
        if (!withScript)
        {
            await window.Page.Keyboard.PressAsync("Enter");
        }

        await Eventually.HoldsAsync(async () => await window.Page.Locator(".cart-number").TextContentAsync() == "3", "the head of the page counts three pieces");
        Assert.Equal("3", await window.Page.Locator(".summary-line input").InputValueAsync());
    }

    // As after a night: the token does not hold any more, and the script gets another one without a reload.
    private static async Task AgeAsync(Window window, string form) =>
        await window.Page.EvaluateAsync($"document.querySelector('{form} [name=form-token]').value = 'of-last-week'");

    private static async Task FillAsync(Window window, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            await window.Page.Locator($".payment-fields [name={name}]").FillAsync(value);
        }

        await window.Page.Locator("[name=country]").SelectOptionAsync("Sweden");
    }

    private static async Task PayAsync(Window window, string sentence)
    {
        await window.Page.Locator(".payment-pay").ClickAsync();
        await window.Page.Locator(".payment-form .form-message", new() { HasText = sentence }).WaitForAsync();
    }

    private static async Task FitsAsync(Window window) => Assert.InRange(
        (await window.Page.Locator("main").BoundingBoxAsync())!.Width, 300, Look.Narrow.Width);

    private async Task ShownAsync(Window window, string path, string part, bool withScript)
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                window.ForgetComplaints();
                await window.GoAsync(open.Address(path));
                return await window.Page.Locator(part).CountAsync() == 1;
            },
            $"{path} shows {part}",
            RunningShop.Recovery);
        if (withScript)
        {
            await OpenShop.AwakeAsync(window);
        }
    }
}
