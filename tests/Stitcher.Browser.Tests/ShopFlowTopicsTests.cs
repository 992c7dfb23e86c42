using System.Text.Json;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>What the parts of a page tell one another, whichever service they are from, and what all of them know.</summary>
[Collection(ShopFlow.Name)]
public sealed class ShopFlowTopicsTests(RealBrowser browser, ShopFlow flow)
{
    private const string Bus = "globalThis[Symbol.for('stitcher.bus.1')]";

    [Fact]
    public async Task All_shared_state_is_there_at_the_first_look_and_what_is_done_in_one_part_is_heard_in_all()
    {
        await using var admin = await flow.EnterAsync(browser, ShopFlowWay.All[0].AsAdmin);
        var shopper = new ShopFlowShopper(admin);
        await admin.GoAsync("/sign-in?return=/products/7", "Sign in");
        await shopper.SignInAsync("/products/7", "Quayside kettle");
        await shopper.PutInCartAsync(1);
        await admin.GoAsync("/products/7", "Quayside kettle");

        Assert.Equal(
            JsonSerializer.Serialize(JsonDocument.Parse(
                """
                {
                  "currentUser": { "id": "1", "name": "Ada Holt", "role": "admin" },
                  "userPreferences": { "theme": "system", "locale": "en" },
                  "theme": "system",
                  "locale": "en",
                  "selectedProducts": [7],
                  "shoppingCart": [{ "id": 7, "name": "Quayside kettle", "quantity": 1, "cents": 7900 }],
                  "currentRoute": "/products/7",
                  "breadcrumbs": [{ "name": "Products", "href": "/products" }, { "name": "Kitchen", "href": "/products?category=kitchen" }, { "name": "Quayside kettle", "href": "/products/7" }]
                }
                """)),
            await admin.Window.EvaluateAsync<string>(
                $"JSON.stringify(Object.fromEntries(['currentUser', 'userPreferences', 'theme', 'locale', 'selectedProducts', 'shoppingCart', 'currentRoute', 'breadcrumbs'].map(topic => [topic, {Bus}.get(topic)])))"));

        await ListenAsync(admin, "product:selected", "cart:item-added", "product:updated", "order:selected");
        await admin.FollowAsync(admin.Main.Locator(".further .product-link").First, "/products/8", "");
        await shopper.PutInCartAsync(2);
        await admin.LeaveAsync(() => admin.Page.EvaluateAsync("void navigation.navigate('/admin/products/8')"));
        await admin.FollowAsync(admin.Button("Save"), @"/admin/products/8\?done=saved", "");

        await admin.FollowAsync(admin.Sign("Orders"), "/orders", "Your orders");
        var order = admin.Main.Locator("[data-order]").First;
        var number = await order.GetAttributeAsync("data-order");
        await admin.FollowAsync(order.Locator("a[href^='/orders/']").First, $"/orders/{number}", "");

        Assert.Equal(["product:selected 8", "cart:item-added 8", "product:updated 8", $"order:selected {number}"], await HeardAsync(admin));
        admin.IsContent();
    }

    [Fact]
    public async Task Who_signs_in_and_what_changed_is_seen_in_every_part_of_a_page_that_stays()
    {
        await using var reader = await flow.EnterAsync(browser, ShopFlowWay.All[2].AsAdmin);
        await reader.GoAsync("/orders", "Your orders");
        await ListenAsync(reader);
        var beside = await reader.OpenBesideAsync();
        await beside.GoAsync("/sign-in?return=/admin/products/65", "Sign in");
        await new ShopFlowShopper(beside).SignInAsync("/admin/products/65", "");

        await reader.LeaveAsync(() => TellAsync(reader, "user:logged-in", "{ id: '1', name: 'Ada Holt' }"));
        await Expect(reader.Page.Locator(".masthead .profile-name")).ToContainTextAsync("Ada Holt");
        await Expect(reader.Main.Locator("article.order").First).ToBeVisibleAsync();
        Assert.Equal("1", await reader.Window.EvaluateAsync<string>($"{Bus}.get('currentUser').id"));

        await reader.LeaveAsync(() => reader.Page.EvaluateAsync("void navigation.navigate('/products/65')"));
        var price = await reader.Main.Locator(".detail-price").TextContentAsync();
        await beside.FillAsync("Price in euros", "31.07");
        await beside.FollowAsync(beside.Button("Save"), @"/admin/products/65\?done=saved", "");
        await Expect(reader.Main.Locator(".detail-price")).ToHaveTextAsync(price!);
        await TellAsync(reader, "product:updated", "{ id: 65 }");
        await Expect(reader.Main.Locator(".detail-price")).ToHaveTextAsync("€31.07");

        Assert.Empty(await HeardAsync(reader));
        reader.IsContent();
        beside.IsContent();
    }

    /// <summary>Writes down, as long as the document stays, which products are told of.</summary>
    private static async Task ListenAsync(ShopFlowVisitor visitor, params string[] topics)
    {
        // Until the part that goes softly is there, links load whole pages.
        await Expect(visitor.Page.Locator("[data-live-region]")).ToHaveCountAsync(1);
        await visitor.Window.EvaluateAsync<bool>(
            $"topics => (window.heard = [], topics.forEach(topic => {Bus}.on(topic, ({{ id }}) => window.heard.push(`${{topic}} ${{id}}`), {{ replay: false }})), true)", topics);
    }

    private static Task<string[]> HeardAsync(ShopFlowVisitor visitor) => visitor.Window.EvaluateAsync<string[]>("window.heard");

    private static Task<bool> TellAsync(ShopFlowVisitor visitor, string topic, string value) =>
        visitor.Window.EvaluateAsync<bool>($"({Bus}.emit('{topic}', {value}), true)");
}
