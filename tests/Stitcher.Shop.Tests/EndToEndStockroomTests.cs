using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class EndToEndStockroomTests(RememberingShop open) : IClassFixture<RememberingShop>
{
    [Fact]
    public async Task A_product_is_created_changed_and_deleted_without_a_script_and_customers_see_each_at_once()
    {
        using var admin = new EndToEndReader(open.Shop.Gateway.Address);
        using var customer = new EndToEndReader(open.Shop.Gateway.Address);
        await admin.SignsInAsync("ada");
        const string newest = "/products?sort=new";
        await RemembersAsync(customer, newest, page => page.Document.QuerySelectorAll(".product-card").Length == 24);

        // A mistake first: the page comes back whole, with what was typed.
        var fields = StockroomService.Fields("Lapwing ladle");
        var (refused, _) = await admin.FillsInAsync("/admin/products/new", "/admin/products/new", new(fields) { ["price"] = "a lot" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Write a price in euros, such as 24.00.", refused.Text("[data-error-for=price]"));
        Assert.Equal("Lapwing ladle", refused.Document.QuerySelector("main input[name=name]")!.GetAttribute("value"));
        Assert.NotNull(refused.Document.QuerySelector("footer.colophon"));
        Assert.Single(refused.Document.QuerySelectorAll("link[href$='/stockroom.css']"));

        var (_, created) = await admin.FillsInAsync("/admin/products/new", "/admin/products/new", fields);
        Assert.Matches("^/admin/products/[0-9]+\\?done=created$", created);
        var address = created!.Split('?')[0];
        var shown = address["/admin".Length..];
        Assert.Equal("Lapwing ladle", (await customer.SeesAsync(newest)).Text(".product-link"));
        await RemembersAsync(customer, shown, page => page.Text("h1") == "Lapwing ladle");
        Assert.Contains("Lapwing ladle", (await admin.SeesAsync("/admin?search=lapwing")).Text(".stockroom-table"), StringComparison.Ordinal);

        var (_, saved) = await admin.FillsInAsync(address, address, new() { ["price"] = "31", ["name"] = "Lapwing spoon" });
        Assert.Equal($"{address}?done=saved", saved);
        Assert.Equal("Saved. The shop shows it already.", (await admin.SeesAsync(saved!)).Text(".message-good"));
        var after = await customer.SeesAsync(shown);
        Assert.Equal(("Lapwing spoon", "€31.00"), (after.Text("h1"), after.Text(".detail-price")));
        Assert.Equal("Lapwing spoon", (await customer.SeesAsync(newest)).Text(".product-link"));

        var (_, deleted) = await admin.FillsInAsync($"{address}/delete", $"{address}/delete", []);
        Assert.Equal("/admin?done=deleted", deleted);
        Assert.Equal(HttpStatusCode.NotFound, (await customer.SeesAsync(shown)).Status);
        Assert.NotEqual("Lapwing spoon", (await customer.SeesAsync(newest)).Text(".product-link"));
    }

    [Fact]
    public async Task A_shelf_is_put_up_renamed_and_taken_away_without_a_script_and_customers_see_each_at_once()
    {
        using var admin = new EndToEndReader(open.Shop.Gateway.Address);
        using var customer = new EndToEndReader(open.Shop.Gateway.Address);
        await admin.SignsInAsync("ada");
        await RemembersAsync(customer, "/products", page => page.Document.QuerySelectorAll(".catalog-shelves a").Length == 7);
        const string shelves = "/admin/categories";

        var (refused, _) = await admin.FillsInAsync(shelves, shelves, new() { ["name"] = "kitchen" }, "create");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "There is a shelf of this name already."), (refused.Status, refused.Text("main [aria-invalid] ~ .field-error")));

        var (_, created) = await admin.FillsInAsync(shelves, shelves, new() { ["name"] = "Attic" }, "create");
        Assert.Equal($"{shelves}?done=shelf-created", created);
        Assert.Contains("Attic", (await customer.SeesAsync("/products")).Text(".catalog-shelves"), StringComparison.Ordinal);

        var (_, renamed) = await admin.FillsInAsync(shelves, shelves, new() { ["name"] = "Loft" }, "rename", "attic");
        Assert.Equal($"{shelves}?done=shelf-saved", renamed);
        Assert.Contains("Loft", (await customer.SeesAsync("/products")).Text(".catalog-shelves"), StringComparison.Ordinal);

        var (_, gone) = await admin.FillsInAsync(shelves, shelves, [], "delete", "attic");
        Assert.Equal($"{shelves}?done=shelf-deleted", gone);
        Assert.DoesNotContain("Loft", (await customer.SeesAsync("/products")).Text(".catalog-shelves"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/products/new")]
    [InlineData("/admin/products/7")]
    [InlineData("/admin/products/7/delete")]
    [InlineData("/admin/categories")]
    public async Task The_stockroom_sends_strangers_to_sign_in_and_tells_customers_why_not(string path)
    {
        using var stranger = new EndToEndReader(open.Shop.Gateway.Address);
        Assert.Equal($"/sign-in?return={Uri.EscapeDataString(path)}", await stranger.IsSentAsync(path));

        await stranger.SignsInAsync("tomas");
        var page = await stranger.SeesAsync(path);
        Assert.Equal((HttpStatusCode.Forbidden, "The stockroom is for those who keep it."), (page.Status, page.Text("h1")));
        Assert.NotNull(page.Document.QuerySelector("footer.colophon"));
    }

    /// <summary>Asks until the gateway shows it, and once more, so that it is remembered.</summary>
    private static async Task RemembersAsync(EndToEndReader visitor, string path, Func<EndToEndPage, bool> isRight)
    {
        await Eventually.HoldsAsync(async () => isRight(await visitor.SeesAsync(path)), $"{path} is whole", RunningShop.Recovery);
        await visitor.SeesAsync(path);
    }
}
