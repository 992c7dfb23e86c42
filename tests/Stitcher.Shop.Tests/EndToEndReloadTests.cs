using System.Net;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>
/// A form that puts something in comes with a page that is remembered for everybody, so it has no key of its own as the till's has, and sending it twice is meant to be
/// twice. What a browser shows afterwards is another page, read by GET: loading that again sends nothing.
/// </summary>
[Collection(EndToEndCollection.Name)]
public sealed class EndToEndReloadTests(EndToEndShop open)
{
    [Fact]
    public async Task Loading_the_cart_again_after_something_was_put_in_puts_nothing_in()
    {
        using var reader = new EndToEndReader(open.Shop.Gateway.Address);
        var form = new Dictionary<string, string> { ["id"] = "23", ["quantity"] = "2" };
        var (status, location, html) = await reader.SendsAsync("/cart", form);
        Assert.Equal((HttpStatusCode.SeeOther, "/cart", ""), (status, location, html));

        for (var i = 0; i < 3; i++)
        {
            await reader.SeesAsync(location!);
            Assert.Equal(["2"], await PiecesAsync(reader));
        }

        // What was refused is shown where it was sent to: loading that again is refused again.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await reader.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = "23", ["quantity"] = "98" })).Status);
            Assert.Equal(["2"], await PiecesAsync(reader));
        }
    }

    private static async Task<string[]> PiecesAsync(EndToEndReader reader)
    {
        using var cart = System.Text.Json.JsonDocument.Parse(await reader.ReadsAsync("/api/cart"));
        return [.. cart.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("quantity").ToString())];
    }
}
