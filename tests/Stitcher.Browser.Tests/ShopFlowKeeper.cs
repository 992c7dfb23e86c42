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

    /// <summary>Puts a new product on its shelf, from the form that is filled in, and is on its page in the stockroom.</summary>
    public Task PutAsync(string product) => visitor.FollowAsync(Put, @"/admin/products/\d+\?done=created", product);

    /// <summary>Deletes the product whose page this is, after a question.</summary>
    public async Task DeleteAsync(string product)
    {
        await visitor.FollowAsync(visitor.Link("Delete…"), @"/admin/products/\d+/delete", $"Delete “{product}”?");
        await visitor.FollowAsync(visitor.Button("Yes, delete it"), @"/admin\?done=deleted", "The stockroom");
    }

    /// <summary>Puts up a shelf, on the page of shelves.</summary>
    public async Task PutUpShelfAsync(string shelf)
    {
        await NewShelf.GetByLabel("Name").FillAsync(shelf);
        await NewShelf.GetByLabel("Its line").FillAsync("For whoever looks up.");
        await visitor.FollowAsync(PutUp, @"/admin/categories\?done=shelf-created", "Shelves");
        await Expect(visitor.Main.GetByRole(AriaRole.Status)).ToHaveTextAsync("The new shelf is there, and empty.");
    }

    /// <summary>Takes a shelf down again that has nothing on it.</summary>
    public async Task TakeDownShelfAsync(string shelf)
    {
        await visitor.FollowAsync(Shelf(shelf).GetByRole(AriaRole.Button, new() { Name = "Delete" }), @"/admin/categories\?done=shelf-deleted", "Shelves");
        await Expect(Shelf(shelf)).ToHaveCountAsync(0);
    }

    /// <summary>The form of a new shelf.</summary>
    public ILocator NewShelf => visitor.Main.Locator("form.stockroom-form");

    public ILocator PutUp => visitor.Button("Put it up");

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
