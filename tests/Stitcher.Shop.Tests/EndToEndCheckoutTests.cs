using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>From the shelf to the order, through the gateway and with the real products service.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class EndToEndCheckoutTests(EndToEndShop open)
{
    [Fact]
    public async Task A_guest_fills_a_cart_signs_in_on_the_way_and_orders_once_however_often_the_form_is_sent()
    {
        using var reader = new EndToEndReader(open.Shop.Gateway.Address);
        var before = await StockAsync(reader, 19);
        Assert.Equal((HttpStatusCode.SeeOther, "/cart"), await PutAsync(reader, 19, 2));
        var cookie = Assert.Single(reader.SetCookies);
        Assert.Matches("^cart=[A-Za-z0-9_-]{32}; ", cookie);
        Assert.All((string[])["httponly", "samesite=lax", "path=/"], flag => Assert.Contains(flag, cookie, StringComparison.OrdinalIgnoreCase));

        Assert.Equal("/sign-in?return=/checkout", await reader.IsSentAsync("/checkout"));
        await reader.SignsInAsync("tomas", "/checkout");
        var page = await ShownAsync(reader, "/checkout", ".payment-fields");
        Assert.Equal("2", page.Text(".cart-number"));
        var form = Fill(page);

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => reader.SendsAsync("/checkout", form)));

        Assert.All(replies, reply => Assert.Equal((HttpStatusCode.SeeOther, replies[0].Location), (reply.Status, reply.Location)));
        Assert.Matches("^/orders/[0-9]+$", replies[0].Location);
        Assert.Equal(before - 2, await StockAsync(reader, 19));
        var order = await ShownAsync(reader, replies[0].Location!, ".order-summary");
        Assert.StartsWith("Thank you, it is ordered.", order.Text(".summary-news"), StringComparison.Ordinal);
        Assert.Equal("0", order.Text(".cart-number"));
        Assert.Equal($"{order.Text("main h1")}, Saltmarsh", order.Text("title"));

        using var stranger = new EndToEndReader(open.Shop.Gateway.Address);
        await stranger.SignsInAsync("ines");
        Assert.Equal(HttpStatusCode.NotFound, (await ShownAsync(stranger, replies[0].Location!, ".order-summary", HttpStatusCode.NotFound)).Status);
    }

    [Fact]
    public async Task A_form_with_a_mistake_is_shown_again_in_its_page()
    {
        using var reader = new EndToEndReader(open.Shop.Gateway.Address);
        await reader.SignsInAsync("tomas");
        await PutAsync(reader, 3, 1);
        var form = Fill(await ShownAsync(reader, "/checkout", ".payment-fields"));
        form["town"] = "";

        var (status, _, html) = await reader.SendsAsync("/checkout", form);

        var page = new HtmlParser().ParseDocument(html);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("Please fill in the town.", EndToEndPage.Words(page.QuerySelector("main [data-error-for=town]")));
        Assert.NotNull(page.QuerySelector("header.masthead"));
        Assert.Contains(page.QuerySelectorAll("link[rel=stylesheet]"), link => link.GetAttribute("href")!.EndsWith("/payment-form.css", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_of_another_site_puts_nothing_into_a_cart()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/cart", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("id", "3")]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await open.Shop.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task With_the_products_dead_in_the_middle_nothing_is_ordered_nothing_is_lost_and_the_same_form_orders_later()
    {
        using var reader = new EndToEndReader(open.Shop.Gateway.Address);
        await reader.SignsInAsync("tomas");
        await PutAsync(reader, 42, 1);
        var before = await StockAsync(reader, 42);
        var form = Fill(await ShownAsync(reader, "/checkout", ".payment-fields"));

        await open.Shop.KillAsync("products");
        (HttpStatusCode Status, string? Location, string Html) reply;
        try
        {
            reply = await reader.SendsAsync("/checkout", form);
        }
        finally
        {
            await open.Shop.StartAgainAsync("products");
        }

        var page = new HtmlParser().ParseDocument(reply.Html);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.StartsWith("The shelves cannot be reached just now, so nothing was ordered", EndToEndPage.Words(page.QuerySelector(".payment-form .form-message")), StringComparison.Ordinal);
        Assert.Equal("Low Staithe 7", page.QuerySelector("[name=street]")!.GetAttribute("value"));

        // The products may be slow at first, on a busy machine: then it is the same sentence once more.
        string? order = null;
        await Eventually.HoldsAsync(
            async () => (order = (await reader.SendsAsync("/checkout", form)).Location) is not null, "the same form orders", RunningShop.Recovery);
        Assert.Matches("^/orders/[0-9]+$", order);
        Assert.Equal(before - 1, await StockAsync(reader, 42));
    }

    private static Dictionary<string, string> Fill(EndToEndPage page) =>
        Customer.With(EndToEndReader.Hidden(page, ".payment-fields"), [.. Customer.Payment.Select(field => (field.Key, field.Value))]);

    private static async Task<(HttpStatusCode Status, string? Location)> PutAsync(EndToEndReader reader, int product, int quantity)
    {
        var (status, location, _) = await reader.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = $"{product}", ["quantity"] = $"{quantity}" });
        return (status, location);
    }

    // It may take more than one look: a busy machine can use up a slot's time by itself.
    private static async Task<EndToEndPage> ShownAsync(EndToEndReader reader, string path, string part, HttpStatusCode status = HttpStatusCode.OK)
    {
        EndToEndPage? page = null;
        await Eventually.HoldsAsync(
            async () => (page = await reader.SeesAsync(path)).Status == status && page.Document.QuerySelector($"main {part}") is not null && page.Document.QuerySelector(".cart-badge") is not null,
            $"{path} shows {part}",
            RunningShop.Recovery);
        return page!;
    }

    private static async Task<int> StockAsync(EndToEndReader reader, int product)
    {
        using var json = JsonDocument.Parse(await reader.ReadsAsync($"/api/products/{product}"));
        return json.RootElement.GetProperty("stock").GetInt32();
    }
}
