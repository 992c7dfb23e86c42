using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>Somebody with a browser in front of the gateway: keeps cookies, follows nothing by itself.</summary>
internal sealed class EndToEndReader : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    public EndToEndReader(Uri gateway) => _client.BaseAddress = gateway;

    /// <summary>The lines by which the last form's answer set cookies.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    public Task<EndToEndPage> SeesAsync(string path) => EndToEndPage.OfAsync(_client, path);

    /// <summary>Where a page sends its reader instead of showing itself. Asked again when a busy machine used up the time of the one who decides.</summary>
    public async Task<string?> IsSentAsync(string path)
    {
        var (status, location) = (HttpStatusCode.ServiceUnavailable, (string?)null);
        await Eventually.HoldsAsync(
            async () =>
            {
                using var response = await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
                (status, location) = (response.StatusCode, response.Headers.Location?.OriginalString);
                return status < HttpStatusCode.InternalServerError;
            },
            $"{path} is decided on",
            RunningShop.Recovery);
        return status == HttpStatusCode.SeeOther ? location : null;
    }

    /// <summary>Signs in as somebody the shop knows.</summary>
    public async Task SignsInAsync(string name, string returnTo = "/")
    {
        // Asked for again when a busy machine used up the form's time.
        Dictionary<string, string> form = [];
        await Eventually.HoldsAsync(
            async () => (form = Hidden(await SeesAsync($"/sign-in?return={Uri.EscapeDataString(returnTo)}"), "form[action='/sign-in']")).Count > 0,
            "the page has a form to sign in",
            RunningShop.Recovery);
        (form["email"], form["password"]) = ($"{name}@saltmarsh.example", "saltmarsh");
        var (status, location, _) = await SendsAsync("/sign-in", form);
        Assert.Equal((HttpStatusCode.SeeOther, returnTo), (status, location));
    }

    public async Task<(HttpStatusCode Status, string? Location, string Html)> SendsAsync(string path, IReadOnlyDictionary<string, string> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        SetCookies = response.Headers.TryGetValues("Set-Cookie", out var lines) ? [.. lines] : [];
        return (response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Opens a page, fills in a form that stands on it and sends it.</summary>
    /// <param name="path">The page.</param>
    /// <param name="action">The form's address.</param>
    /// <param name="values">What is typed; everything else is sent as it stands there.</param>
    /// <param name="act">The value of its field <c>act</c>, where several forms have one address.</param>
    /// <param name="shelf">The shelf whose line the form stands in; empty for anywhere.</param>
    public async Task<(EndToEndPage Page, string? Location)> FillsInAsync(string path, string action, Dictionary<string, string> values, string act = "", string shelf = "")
    {
        var page = (await SeesAsync(path)).Document;
        var place = shelf.Length == 0 ? (IParentNode)page : page.QuerySelector($"li:has(a[href='/products?category={shelf}'])")!;
        var fields = StockroomService.FieldsOf(place, action, act);
        foreach (var (name, value) in values)
        {
            fields[name] = value;
        }

        var (status, location, html) = await SendsAsync(action, fields);
        return (new EndToEndPage(status, html, new HtmlParser().ParseDocument(html)), location);
    }

    public Task<string> ReadsAsync(string path) => _client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public static Dictionary<string, string> Hidden(EndToEndPage page, string form) => page.Document.QuerySelectorAll($"{form} input[type=hidden]")
        .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!);

    public void Dispose() => _client.Dispose();
}
