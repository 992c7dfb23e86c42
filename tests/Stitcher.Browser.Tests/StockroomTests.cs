using System.Text.Json;
using Microsoft.Playwright;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

[Collection(OpenShop.Name)]
public sealed class StockroomTests(RealBrowser browser, OpenShop open)
{
    // Each field with something that will not do; what a script says of it must be what the service says.
    private static readonly (string Field, string Value)[] Wrongs =
    [
        ("name", ""), ("name", new string('n', 61)), ("name", "two\nlines"), ("name", "\u200b\u2060"), ("name", "Mug\u202egum"), ("description", "a\u0007b"), ("category", ""),
        ("price", ""), ("price", "dear"), ("price", "-1"), ("price", "1.234"), ("price", "0"), ("price", "100000"),
        ("stock", ""), ("stock", "some"), ("stock", "-1"), ("stock", "99999999999"), ("stock", "10000"),
        ("tagline", ""), ("tagline", new string('t', 101)), ("description", ""), ("description", new string('d', 601)),
        ("maker", ""), ("maker", new string('m', 61)), ("material", new string('m', 81)), ("drawing", ""),
    ];

    private static readonly (string Field, string Value)[] Thing =
    [
        ("name", "Whimbrel whisk"), ("price", "18.50"), ("stock", "4"), ("tagline", "Stirs without a sound"), ("description", "Seven wires and a handle."), ("maker", "Reed & Tin"),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_a_product_is_put_on_its_shelf_and_taken_off_with_scripts_and_without(bool withScript)
    {
        await using var window = await browser.OpenAsync(Look.NarrowAndDark, withScript: withScript);
        await SignInAsync(window);
        await GoAsync(window, "/admin/products/new", withScript);
        var page = window.Page;

        if (withScript)
        {
            // Told before it is sent, each beside its field, and the first one has the focus.
            await page.Locator("main button[type=submit]").ClickAsync();
            await Assertions.Expect(page.Locator("[data-error-for=name]")).ToHaveTextAsync("Write a name.");
            await Assertions.Expect(page.Locator("main [name=name]")).ToBeFocusedAsync();
            Assert.Equal(0, await window.EvaluateAsync<int>("document.documentElement.scrollWidth > 390 ? 1 : 0"));
            await SaysTheSameAsync(window);
        }

        foreach (var (field, value) in Thing)
        {
            await page.Locator($"main [name={field}]").FillAsync(value);
        }

        await page.Locator("main [name=category]").SelectOptionAsync("kitchen");
        await page.Locator("main [name=drawing]").SelectOptionAsync("kitchen/jar");
        await page.Locator("main button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".message-good")).ToHaveTextAsync("It stands on its shelf.");
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Whimbrel whisk");
        var address = await page.EvaluateAsync<string>("location.pathname");

        await GoAsync(window, $"{address}/delete", withScript);
        await page.Locator("main button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".message-good")).ToHaveTextAsync("It is off the shelves.");
        Assert.Equal(0, await page.Locator($"main a[href='{address}']").CountAsync());
    }

    [Fact]
    public async Task What_is_looked_for_is_found_as_one_types_and_the_arrow_keys_lead_to_it()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/");
        var (page, field) = (window.Page, window.Page.Locator(".product-search input[type=search]"));

        await window.SearchAsync(field, "quay ket");
        await Assertions.Expect(page.Locator(".search-count")).ToHaveTextAsync("One product fits.");
        await Assertions.Expect(page.Locator(".search-name")).ToHaveTextAsync("Quayside kettle");
        await field.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator(".search-list a[href='/products/7']")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".search-found")).ToBeHiddenAsync();
        await Assertions.Expect(field).ToBeFocusedAsync();
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task The_page_of_products_follows_what_is_typed_and_its_address_leads_there_again()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/products");
        var page = window.Page;
        await page.Locator("[data-module='products/ProductsPage'][data-awake]").WaitForAsync();

        await page.Locator(".page-words input").PressSequentiallyAsync("brass");
        await Assertions.Expect(page.Locator(".page-count")).ToContainTextAsync("“brass”");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/products\\?search=brass$"));
        await Assertions.Expect(page.Locator(".page-words input")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".page-words input")).ToHaveValueAsync("brass");
        var found = await page.Locator(".product-card").CountAsync();
        Assert.InRange(found, 1, 23);

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".product-card")).ToHaveCountAsync(found);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task What_is_typed_before_the_page_of_products_has_come_to_life_is_looked_for_as_well()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        var typed = new Gate();
        await using var window = await browser.OpenAsync();
        await window.Page.RouteAsync("**/products-page.js", async route =>
        {
            await typed.WaitAsync(TestContext.Current.CancellationToken);
            await route.ContinueAsync();
        });
        await window.GoUntilAsync(open.Address("/products"), ".page-words input");
        await window.Page.Locator(".page-words input").FillAsync("brass");

        typed.Open();

        await Assertions.Expect(window.Page.Locator(".page-count")).ToContainTextAsync("“brass”");
        await Assertions.Expect(window.Page.Locator(".page-words input")).ToHaveValueAsync("brass");
    }

    /// <summary>The rules of the module are those of the service: each wrong value is told in the same words, and what is right is so in both.</summary>
    private static async Task SaysTheSameAsync(Window window)
    {
        var rows = await window.EvaluateAsync<JsonElement>(
            """
            async wrongs => {
              const { check } = await import('products/Product');
              const right = { name: 'Fit for a shelf', category: 'kitchen', price: 'none', stock: '1', tagline: 'x', description: 'x', maker: 'x', material: 'x', drawing: 'kitchen/jar', 'form-token': document.querySelector('main [name=form-token]').value };
              const rows = [];
              for (const { field, value } of wrongs) {
                const body = new URLSearchParams({ ...right, [field]: value });
                const answer = await (await fetch('/admin/products/new', { method: 'POST', body, headers: { Accept: 'application/json' } })).json();
                rows.push({ field, value, here: check(field, value), there: answer.errors?.[field] ?? null });
              }
              return rows;
            }
            """,
            Wrongs.Select(wrong => new { field = wrong.Field, value = wrong.Value }).ToArray());
        foreach (var row in rows.EnumerateArray())
        {
            Assert.NotNull(row.GetProperty("there").GetString());
            Assert.Equal(row.GetProperty("there").GetString(), row.GetProperty("here").GetString());
        }

        int[] cents = [2400, 2450];
        Assert.Equal(cents, await window.EvaluateAsync<int[]>("import('products/Product').then(({ parsePrice }) => ['€24.00', '24,5'].map(parsePrice))"));
    }

    private async Task SignInAsync(Window window)
    {
        await window.GoAsync(open.Address("/sign-in?return=%2Fadmin"));
        await window.Page.Locator("main [name=email]").FillAsync("ada@saltmarsh.example");
        await window.Page.Locator("main [name=password]").FillAsync("saltmarsh");
        await window.Page.Locator("main form button[type=submit]").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator("main h1")).ToHaveTextAsync("The stockroom");
    }

    private async Task GoAsync(Window window, string path, bool withScript)
    {
        await window.GoAsync(open.Address(path));
        if (withScript)
        {
            await window.Page.WaitForSelectorAsync("main [data-module][data-awake]");
        }
    }
}
