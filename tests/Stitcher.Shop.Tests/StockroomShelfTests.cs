using System.Net;
using AngleSharp.Dom;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class StockroomShelfTests(StockroomService stockroom) : IClassFixture<StockroomService>
{
    private const string Address = "/admin/categories";
    private const string Page = "/fragments/category-manager";

    [Fact]
    public async Task A_shelf_is_created_renamed_moved_and_taken_away_and_customers_see_each_of_it()
    {
        await SendAsync(new() { ["act"] = "create", ["name"] = "Küche & Herd", ["blurb"] = "For the winter." }, "shelf-created");
        Assert.Equal("Küche & Herd", (await ShelvesAsync())[^1].Name);
        Assert.Equal("kuche-herd", (await ShelvesAsync())[^1].Slug);

        await SendAsync(new() { ["act"] = "rename", ["slug"] = "kuche-herd", ["version"] = "1", ["name"] = "Hearth", ["blurb"] = "" }, "shelf-saved");
        Assert.Equal(("kuche-herd", "Hearth"), (await ShelvesAsync())[^1]);

        await SendAsync(new() { ["act"] = "up", ["slug"] = "kuche-herd" }, "shelf-moved");
        Assert.Equal("Hearth", (await ShelvesAsync())[^2].Name);
        await SendAsync(new() { ["act"] = "down", ["slug"] = "kuche-herd" }, "shelf-moved");
        await SendAsync(new() { ["act"] = "down", ["slug"] = "kuche-herd" }, "shelf-moved");
        Assert.Equal("Hearth", (await ShelvesAsync())[^1].Name);

        await SendAsync(new() { ["act"] = "delete", ["slug"] = "kuche-herd" }, "shelf-deleted");
        Assert.DoesNotContain(await ShelvesAsync(), shelf => shelf.Slug == "kuche-herd");
    }

    [Fact]
    public async Task A_product_is_found_by_the_new_name_of_its_shelf()
    {
        await SendAsync(new() { ["act"] = "create", ["name"] = "Attic", ["blurb"] = "" }, "shelf-created");
        await stockroom.CreateAsync(new(StockroomService.Fields("Dusty thing")) { ["category"] = "attic" });
        await SendAsync(new() { ["act"] = "rename", ["slug"] = "attic", ["version"] = "1", ["name"] = "Belvedere", ["blurb"] = "" }, "shelf-saved");

        Assert.Contains("Dusty thing", (await stockroom.SeesAsync("/fragments/product-search?q=belvedere")).Html, StringComparison.Ordinal);
        Assert.Equal(0, (await stockroom.SeesAsync("/fragments/product-search?q=attic")).Count("li"));
    }

    [Fact]
    public async Task A_shelf_with_products_on_it_cannot_go()
    {
        using var answer = await stockroom.PostAsync(Address, new() { ["act"] = "delete", ["slug"] = "kitchen" });
        var page = await FragmentAnswer.OfAsync(answer);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("There are products on this shelf. Put them on another one first.", page.Text(".form-message p"));
        Assert.Contains(await ShelvesAsync(), shelf => shelf.Slug == "kitchen");
        Assert.Empty((await stockroom.SeesAsync(Page)).Page.QuerySelectorAll("li:has(a[href='/products?category=kitchen']) input[name=act][value=delete]"));
    }

    [Theory]
    [InlineData("", "", "name", "Write a name.")]
    [InlineData("Light", "", "name", "There is a shelf of this name already.")]
    [InlineData("LIGHT", "", "name", "There is a shelf of this name already.")]
    [InlineData("!!!", "", "name", "Write a name of 40 characters or fewer, with a letter from A to Z or a digit in it.")]
    [InlineData("A name that is much too long for a shelf of ours", "", "name", "Write a name of 40 characters or fewer, with a letter from A to Z or a digit in it.")]
    [InlineData("Fine", "A line that goes on and on until nobody who walks past the shelf would ever read it to its very end, or further", "blurb", "Write a line of 100 characters or fewer.")]
    public async Task A_shelfs_field_that_will_not_do_is_told_beside_it(string name, string blurb, string field, string sentence)
    {
        using var answer = await stockroom.PostAsync(Address, new() { ["act"] = "create", ["name"] = name, ["blurb"] = blurb });
        var page = await FragmentAnswer.OfAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var wrong = Assert.Single(page.Page.QuerySelectorAll("[aria-invalid=true]"));
        Assert.Equal((field, sentence), (wrong.GetAttribute("name"), page.Page.GetElementById(wrong.GetAttribute("aria-describedby")!)!.TextContent));
        Assert.Equal((name, blurb), (StockroomService.FieldsOf(page.Page, Address, "create")["name"], StockroomService.FieldsOf(page.Page, Address, "create")["blurb"]));
    }

    [Fact]
    public async Task A_shelf_that_somebody_else_renamed_meanwhile_says_both_names()
    {
        await SendAsync(new() { ["act"] = "create", ["name"] = "Porch", ["blurb"] = "" }, "shelf-created");
        await SendAsync(new() { ["act"] = "rename", ["slug"] = "porch", ["version"] = "1", ["name"] = "Veranda", ["blurb"] = "" }, "shelf-saved");
        using var answer = await stockroom.PostAsync(Address, new() { ["act"] = "rename", ["slug"] = "porch", ["version"] = "1", ["name"] = "Stoop", ["blurb"] = "" });
        var page = await FragmentAnswer.OfAsync(answer);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("“Veranda”", page.Text(".field-theirs"), StringComparison.Ordinal);
        Assert.Contains(page.Page.QuerySelectorAll("input[name=name]"), input => input.GetAttribute("value") == "Stoop");
    }

    [Theory]
    [InlineData("up", "no-such-shelf", HttpStatusCode.NotFound)]
    [InlineData("delete", "no-such-shelf", HttpStatusCode.NotFound)]
    [InlineData("burn", "kitchen", HttpStatusCode.BadRequest)]
    [InlineData("", "", HttpStatusCode.BadRequest)]
    public async Task What_makes_no_sense_is_told_and_changes_nothing(string act, string slug, HttpStatusCode status)
    {
        var before = await ShelvesAsync();
        using var answer = await stockroom.PostAsync(Address, new() { ["act"] = act, ["slug"] = slug });

        Assert.Equal(status, answer.StatusCode);
        Assert.NotEmpty((await FragmentAnswer.OfAsync(answer)).Text(".form-message p"));
        Assert.Equal(before, await ShelvesAsync());
    }

    private async Task SendAsync(Dictionary<string, string> fields, string done)
    {
        using var answer = await stockroom.PostAsync(Address, fields);
        Assert.Equal((HttpStatusCode.SeeOther, $"{Address}?done={done}"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    /// <summary>As customers see them.</summary>
    private async Task<(string Slug, string Name)[]> ShelvesAsync()
    {
        var page = await stockroom.SeesAsync("/fragments/products-page", "2", role: "");
        return [.. page.Page.QuerySelectorAll(".catalog-shelves a").Skip(1).Select(link =>
            (link.GetAttribute("href")!["/products?category=".Length..], link.ChildNodes.First().TextContent.Trim()))];
    }
}
