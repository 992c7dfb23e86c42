using System.Net;
using System.Text.Json;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>Somebody with a browser, as the orders service meets them: a cookie, and the gateway's word on who they are.</summary>
/// <param name="till">Where they shop.</param>
/// <param name="user">Who they are; null while they are not signed in.</param>
internal sealed class Customer(Till till, string? user)
{
    /// <summary>A form with nothing wrong in it.</summary>
    public static IReadOnlyDictionary<string, string> Payment { get; } = new Dictionary<string, string>
    {
        ["name"] = "Ines Valdo",
        ["street"] = "Low Staithe 7",
        ["postcode"] = "2411 AB",
        ["town"] = "Pinfold",
        ["country"] = "Netherlands",
        ["card-name"] = "INES VALDO",
        ["card-number"] = "4242 4242 4242 4242",
        ["card-expiry"] = "12/49",
        ["card-cvc"] = "123",
    };

    /// <summary>Who they are; changes when they sign in or out.</summary>
    public string? User { get; set; } = user;

    /// <summary>Given by the gateway with who they are.</summary>
    public string Role { get; init; } = "";

    /// <summary>What stands in the cookie of the cart.</summary>
    public string? Cart { get; set; }

    /// <summary>The last line by which a cookie was set.</summary>
    public string? SetCookie { get; private set; }

    public async Task<FragmentAnswer> SeesAsync(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        using var response = await till.Orders.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await FragmentAnswer.OfAsync(response);
    }

    public Task<FragmentAnswer> SeesCartAsync() => SeesAsync("/fragments/order-summary");

    /// <summary>What is in the cart, as programs are told: <c>7x2</c>.</summary>
    public async Task<string> CartAsync()
    {
        using var request = Request(HttpMethod.Get, "/api/cart");
        using var response = await till.Orders.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return string.Join(' ', json.RootElement.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("id")}x{item.GetProperty("quantity")}"));
    }

    /// <summary>Puts something into the cart, as a product's page does it.</summary>
    public async Task PutsAsync(int thing, int quantity = 1)
    {
        var reply = await SendsAsync("/cart", new Dictionary<string, string> { ["id"] = $"{thing}", ["quantity"] = $"{quantity}" });
        Assert.Equal((HttpStatusCode.SeeOther, "/cart"), (reply.Status, reply.Location));
    }

    /// <summary>The fields of a form as it was shown, those that nobody sees.</summary>
    public async Task<Dictionary<string, string>> OpensAsync(string path, string form)
    {
        var page = await SeesAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return Hidden(page, form);
    }

    public static Dictionary<string, string> Hidden(FragmentAnswer page, string form) => page.Page.QuerySelectorAll($"{form} input[type=hidden]")
        .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!);

    /// <summary>Sends the form of the cart, with its token.</summary>
    public async Task<FormReply> ChangesAsync(params (string Name, string Value)[] fields) =>
        await SendsAsync("/cart", With(await OpensAsync("/fragments/order-summary", ".summary-form"), fields));

    /// <summary>Opens the payment form and fills it in, without sending it.</summary>
    public async Task<Dictionary<string, string>> FillsAsync(params (string Name, string Value)[] changes) =>
        With(With(await OpensAsync("/fragments/payment-form", ".payment-fields"), [.. Payment.Select(field => (field.Key, field.Value))]), changes);

    /// <summary>Opens the payment form, fills it in and sends it.</summary>
    public async Task<FormReply> PaysAsync(params (string Name, string Value)[] changes) => await SendsAsync("/checkout", await FillsAsync(changes));

    public async Task<FormReply> SendsAsync(string path, IReadOnlyDictionary<string, string> fields, bool isScript = false)
    {
        using var request = Request(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(fields);
        request.Headers.Add("Accept", isScript ? "application/json" : "text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await till.Orders.Client.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.NonValidated.TryGetValues("Set-Cookie", out var lines))
        {
            SetCookie = Assert.Single(lines);
            Cart = SetCookie.Split('=', ';')[1];
        }

        return new FormReply(response.StatusCode, response.Headers.Location?.OriginalString, await FragmentAnswer.OfAsync(response));
    }

    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> form, params (string Name, string Value)[] changes)
    {
        var changed = new Dictionary<string, string>(form);
        foreach (var (name, value) in changes)
        {
            changed[name] = value;
        }

        return changed;
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (User is not null)
        {
            request.Headers.Add(IdentityToken.Header, IdentityToken.For("orders", User, Role));
        }

        if (Cart is not null)
        {
            request.Headers.Add("Cookie", $"cart={Cart}");
        }

        return request;
    }
}
