using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>What whoever keeps the stockroom does.</summary>
internal sealed class ShopFlowKeeper(ShopFlowVisitor visitor)
{
    /// <summary>What may be wrong with each field of a product: its label and name, the text, and the sentence beside it. A blank passes the browser's own check.</summary>
    public static IReadOnlyList<(string Label, string Field, string Text, string Sentence)> Mistakes { get; } =
    [
        ("Name", "name", " ", "Write a name."),
        ("Price in euros", "price", "cheap", "Write a price in euros, such as 24.00."),
        ("On the shelf", "stock", "many", "Write how many there are, as a whole number."),
        ("Tagline", "tagline", " ", "Write a tagline."),
        ("Description", "description", " ", "Write a description."),
        ("Maker", "maker", " ", "Write a maker."),
    ];

    /// <summary>Fills the form of a product in with nothing wrong.</summary>
    public async Task FillProductAsync(string name)
    {
        foreach (var (label, text) in Good(name))
        {
            await visitor.FillAsync(label, text);
        }
    }

    /// <summary>Sends the product's form with one field wrong: the sentence stands beside it and nowhere else, and everything else stays.</summary>
    public async Task MistakeAsync(string product, string label, string field, string text, string sentence)
    {
        await visitor.FillAsync(label, text);
        if (visitor.Way.WithScript)
        {
            // Found out before anything is sent.
            await Put.ClickAsync();
            await Expect(visitor.ErrorOf(field)).ToHaveTextAsync(sentence);
        }
        else
        {
            await visitor.BeRefusedAsync(Put, "/admin/products/new", visitor.ErrorOf(field), sentence);
        }

        await Expect(visitor.Main.Locator("[data-error-for]:not(:empty)")).ToHaveCountAsync(1);
        await Expect(visitor.Main.GetByLabel(label, new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(visitor.Main.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing has been saved yet.");
        foreach (var (other, typed) in Good(product).Where(pair => pair.Key != label))
        {
            await Expect(visitor.Main.GetByLabel(other, new() { Exact = true })).ToHaveValueAsync(typed);
        }

        await visitor.FillAsync(label, Good(product)[label]);
    }

    public ILocator Put => visitor.Button("Put it on the shelf");

    /// <summary>The card of one shelf, by the name in its field.</summary>
    public ILocator Shelf(string name) => visitor.Main.Locator(".stockroom-shelves > li", new() { Has = visitor.Page.Locator($"input[name=name][value=\"{name}\"]") });

    private static Dictionary<string, string> Good(string name) => new()
    {
        ["Name"] = name,
        ["Shelf"] = "garden",
        ["Price in euros"] = "31.50",
        ["On the shelf"] = "12",
        ["Tagline"] = "Turns with the wind and tells where it comes from",
        ["Description"] = "Cut from one sheet, painted twice.",
        ["Maker"] = "Sluice Foundry",
        ["Made of"] = "Steel",
        ["Drawing"] = "garden/trowel",
    };
}
