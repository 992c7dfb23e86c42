using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>What a customer does.</summary>
internal sealed class ShopFlowShopper(ShopFlowVisitor visitor)
{
    /// <summary>An address and a card with nothing wrong in them, by the fields' labels.</summary>
    private static readonly Dictionary<string, string> Good = new()
    {
        ["Full name"] = "Robin Sedge",
        ["Street and number"] = "Staithe Street 4",
        ["Postcode"] = "2411 QS",
        ["Town"] = "Quayside",
        ["Country"] = "Netherlands",
        ["Name on card"] = "R Sedge",
        ["Card number"] = "4242 4242 4242 4242",
        ["Expires"] = string.Create(CultureInfo.InvariantCulture, $"04/{(DateTime.UtcNow.Year + 3) % 100:00}"),
        ["Security code"] = "123",
    };

    private static readonly string[] OfTheCard = ["Name on card", "Card number", "Expires", "Security code"];

    /// <summary>What may be wrong with each: the field's label and name, the text, and the sentence beside it.</summary>
    public static IReadOnlyList<(string Label, string Field, string Text, string Sentence)> Mistakes { get; } =
    [
        ("Full name", "name", "", "Please say who it is for."),
        ("Street and number", "street", "12", "Please write a street in letters."),
        ("Postcode", "postcode", "?", "A postcode has two to ten letters and digits."),
        ("Town", "town", "", "Please fill in the town."),
        ("Country", "country", "", "Please choose a country."),
        ("Name on card", "card-name", "", "Please fill in the name on the card."),
        ("Card number", "card-number", "4242 4242 4242 4243", "That is no card number"),
        ("Expires", "card-expiry", "01/20", "This card has expired."),
        ("Security code", "card-cvc", "12", "The security code has three or four digits."),
    ];

    private ILocator Search => visitor.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Look for something on the shelves" });

    /// <summary>Writes in the start page's search field and opens what is found: below the field as one writes, or on a page of its own without scripts.</summary>
    public async Task SearchAsync(string words, string product, string path)
    {
        if (visitor.Way.WithScript)
        {
            await visitor.Window.SearchAsync(Search, words);
            await visitor.FollowAsync(visitor.Main.Locator(".search-list").GetByRole(AriaRole.Link, new() { Name = product }), path, product);
        }
        else
        {
            await Search.FillAsync(words);
            await visitor.FollowAsync(visitor.Button("Search"), $"/products\\?search={words}", "Products");
            await Expect(visitor.Main.Locator(".product-card")).ToHaveCountAsync(1);
            await visitor.FollowAsync(visitor.Link(product), path, product);
        }
    }

    /// <summary>Puts the product of this page into the cart, and is shown it there.</summary>
    public async Task PutInCartAsync(int pieces)
    {
        await visitor.Main.GetByLabel("How many").FillAsync(pieces.ToString(CultureInfo.InvariantCulture));
        await visitor.FollowAsync(visitor.Button("Put in the cart"), "/cart", "Your cart");
    }

    /// <summary>Writes how many of a thing there should be in the cart.</summary>
    public async Task SetPiecesAsync(string product, string pieces)
    {
        var field = visitor.Main.GetByLabel($"Pieces of {product}");
        await field.FillAsync(pieces);
        if (visitor.Way.WithScript)
        {
            // Sent when the field is left; the button that would send it is hidden.
            await field.BlurAsync();
        }
        else
        {
            await visitor.LeaveAsync(() => visitor.Button("Update the cart").ClickAsync());
        }
    }

    /// <summary>Takes a thing out of the cart again, where there are others.</summary>
    public async Task RemoveAsync(string product)
    {
        var remove = visitor.Button($"Remove {product}");
        if (visitor.Way.WithScript)
        {
            await remove.ClickAsync();
        }
        else
        {
            await visitor.LeaveAsync(() => remove.ClickAsync());
        }

        await Expect(visitor.Main.Locator(".summary-line", new() { HasText = product })).ToHaveCountAsync(0);
    }

    /// <summary>What the things in the cart cost together.</summary>
    public Task OwesAsync(string sum) => Expect(visitor.Main.Locator(".summary-sum").First).ToHaveTextAsync(sum);

    /// <summary>Signs in on the sign-in page and comes to where they wanted to be.</summary>
    public async Task SignInAsync(string path, string heading)
    {
        await visitor.FillAsync("Email", visitor.Way.Email);
        await visitor.FillAsync("Password", ShopFlowWay.Password);
        await visitor.FollowAsync(visitor.Button("Sign in"), path, heading);
        await Expect(visitor.Page.Locator(".masthead .profile-name")).ToContainTextAsync(visitor.Way.Name);
    }

    /// <summary>Signs out by the menu of the page's head.</summary>
    public async Task SignOutAsync()
    {
        var menu = visitor.Page.Locator(".masthead .user-profile");
        await menu.Locator("summary").ClickAsync();
        await visitor.FollowAsync(menu.GetByRole(AriaRole.Button, new() { Name = "Sign out" }), "/", "Made for weather.");
        await Expect(visitor.Page.Locator(".masthead .profile-name")).ToHaveTextAsync("Not signed in");
    }

    /// <summary>Chooses a look and a language on the page of preferences, and keeps them.</summary>
    public async Task ChooseAsync(string look, string locale)
    {
        await visitor.Main.GetByLabel(look, new() { Exact = true }).CheckAsync();
        await visitor.Main.GetByLabel("Language of prices and dates").SelectOptionAsync(locale);
        await visitor.FollowAsync(visitor.Button("Keep these"), @"/preferences\?saved=true", "Preferences");
        await Expect(visitor.Main.GetByRole(AriaRole.Status)).ToHaveTextAsync("Kept. The shop follows from now on.");
    }

    /// <summary>Fills the payment form in with nothing wrong.</summary>
    public async Task FillPaymentAsync()
    {
        foreach (var (label, text) in Good)
        {
            await visitor.FillAsync(label, text);
        }
    }

    /// <summary>Sends the payment form with one field wrong: the sentence stands beside it and nowhere else, and what was written elsewhere stays.</summary>
    public async Task MistakeAsync(string label, string field, string text, string sentence)
    {
        await visitor.FillAsync(label, text);
        if (visitor.Way.WithScript)
        {
            // Found out before anything is sent.
            await Pay.ClickAsync();
            await Expect(visitor.ErrorOf(field)).ToContainTextAsync(sentence);
        }
        else
        {
            await visitor.BeRefusedAsync(Pay, "/checkout", visitor.ErrorOf(field), sentence);
        }

        await Expect(visitor.Main.Locator("[data-error-for]:not(:empty)")).ToHaveCountAsync(1);
        await Expect(visitor.Main.GetByLabel(label, new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(visitor.Main.GetByRole(AriaRole.Alert)).ToContainTextAsync(sentence);
        foreach (var (other, typed) in Good.Where(pair => pair.Key != label))
        {
            // Nothing of a card is ever sent back by the server.
            var kept = !visitor.Way.WithScript && OfTheCard.Contains(other) ? "" : typed;
            Assert.Equal(kept, await visitor.Main.GetByLabel(other, new() { Exact = true }).InputValueAsync());
        }

        await visitor.FillAsync(label, Good[label]);
        if (!visitor.Way.WithScript)
        {
            foreach (var secret in OfTheCard)
            {
                await visitor.FillAsync(secret, Good[secret]);
            }
        }
    }

    public ILocator Pay => visitor.Main.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Pay ") });

    /// <summary>Pays, is thanked, and is on the order's page.</summary>
    /// <returns>The order's number.</returns>
    public async Task<string> PayAsync()
    {
        await visitor.FollowAsync(Pay, @"/orders/\d+(\?again=true)?", "Order ");
        return (await visitor.Main.Locator("h1").InnerTextAsync())["Order ".Length..];
    }

    /// <summary>What the page of figures says of today.</summary>
    public async Task<(int Pages, int Products, int Carts, int Orders)> TodayAsync()
    {
        await visitor.GoAsync("/analytics?range=7d", "Who came by");
        var cells = visitor.Main.Locator(".board-table tbody tr").First.Locator("td");
        await Expect(cells).ToHaveCountAsync(5);
        if (visitor.Way.WithScript)
        {
            await Expect(visitor.Main.Locator("[data-module='analytics/AnalyticsDashboard'][data-awake]")).ToHaveCountAsync(1);
            await visitor.LookAroundAsync();
        }

        var figures = (await cells.AllTextContentsAsync()).Select(static text => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToArray();
        return (figures[1], figures[2], figures[3], figures[4]);
    }
}
