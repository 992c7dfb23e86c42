using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>The stockroom as its keeper uses it, on a desk and on a phone, with scripts and without.</summary>
[Collection(ShopFlow.Name)]
public sealed class ShopFlowKeeperTests(RealBrowser browser, ShopFlow flow)
{
    public static TheoryData<int> Ways => ShopFlow.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    [Trait("Meets", "products/ProductsAdmin products/ProductForm products/CategoryManager")]
    public async Task An_admin_puts_up_a_shelf_and_a_product_changes_both_takes_them_down_and_customers_see_each_at_once(int number)
    {
        var (shelf, product) = ($"Weather {number}", $"Gull weathervane {number}");
        await using var admin = await flow.EnterAsync(browser, ShopFlowWay.All[number].AsAdmin);
        var (shopper, keeper) = (new ShopFlowShopper(admin), new ShopFlowKeeper(admin));

        // Strangers are asked who they are, and come back to where they wanted to be.
        await admin.GoAsync("/", "Made for weather.");
        await admin.FollowAsync(admin.Sign("The stockroom"), @"/sign-in\?return=.*admin", "Sign in");
        await shopper.SignInAsync("/admin", "The stockroom");

        // A shelf.
        await admin.FollowAsync(admin.Link("Shelves"), "/admin/categories", "Shelves");
        await keeper.NewShelf.GetByLabel("Name").FillAsync(" ");
        await RefusedAsync(admin, keeper.PutUp, keeper.NewShelf.Locator("[data-error-for=name]"), "Write a name.");
        await keeper.PutUpShelfAsync(shelf);
        await keeper.Shelf(shelf).GetByLabel($"Name of the shelf {shelf}").FillAsync(shelf + "!");
        await admin.FollowAsync(keeper.Shelf(shelf).GetByRole(AriaRole.Button, new() { Name = "Save" }), @"/admin/categories\?done=shelf-saved", "Shelves");
        await Expect(keeper.Shelf(shelf + "!")).ToHaveCountAsync(1);
        await keeper.TakeDownShelfAsync(shelf + "!");

        // A product, with everything wrong in turn.
        await admin.FollowAsync(admin.Link("New product"), "/admin/products/new", "A new product");
        await keeper.FillProductAsync(product);
        foreach (var (label, field, text, sentence) in ShopFlowKeeper.Mistakes)
        {
            await keeper.MistakeAsync(product, label, field, text, sentence);
        }

        await admin.FillAsync("Name", "Quayside kettle");
        await admin.BeRefusedAsync(keeper.Put, "/admin/products/new", admin.ErrorOf("name"), "There is a product of this name already.");
        await admin.FillAsync("Name", product);
        await keeper.PutAsync(product);

        // Customers see it, with a new price as soon as it has one.
        var shown = admin.Link("as customers see it");
        var page = await shown.GetAttributeAsync("href");
        await admin.FollowAsync(shown, page!, product);
        await Expect(admin.Main.Locator(".detail-price")).ToHaveTextAsync("€31.50");
        await admin.GoAsync($"/admin?search=weathervane", "The stockroom");
        await admin.FollowAsync(admin.Link(product), "/admin" + page, product);
        await admin.FillAsync("Price in euros", "33,10");
        await admin.FollowAsync(admin.Button("Save"), $@"/admin{page}\?done=saved", product);
        await admin.FollowAsync(admin.Link("as customers see it"), page!, product);
        await Expect(admin.Main.Locator(".detail-price")).ToHaveTextAsync("€33.10");

        // Gone, after a question.
        await admin.GoAsync("/admin" + page, product);
        await keeper.DeleteAsync(product);
        admin.Expects(page!, 404);
        Assert.Equal(404, (await admin.GoAsync(page!, "Nothing stands here.")).Status);

        await shopper.SignOutAsync();
        admin.IsContent();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_customer_is_not_let_into_the_stockroom(int number)
    {
        await using var customer = await flow.EnterAsync(browser, ShopFlowWay.All[number]);
        await customer.GoAsync("/admin/products/7", "Sign in");
        customer.Expects("/admin/products/7", 403);
        await new ShopFlowShopper(customer).SignInAsync("/admin/products/7", "The stockroom is for those who keep it.");

        foreach (var path in (string[])["/admin", "/admin/products/new", "/admin/products/7/delete", "/admin/categories"])
        {
            customer.Expects(path, 403);
            Assert.Equal(403, (await customer.GoAsync(path, "The stockroom is for those who keep it.")).Status);
            Assert.Equal(0, await customer.Main.Locator("form").CountAsync());
        }

        customer.IsContent();
    }

    private static async Task RefusedAsync(ShopFlowVisitor admin, ILocator button, ILocator where, string sentence)
    {
        if (admin.Way.WithScript)
        {
            await button.ClickAsync();
            await Expect(where).ToHaveTextAsync(sentence);
        }
        else
        {
            await admin.BeRefusedAsync(button, "/admin/categories", where, sentence);
        }
    }
}
