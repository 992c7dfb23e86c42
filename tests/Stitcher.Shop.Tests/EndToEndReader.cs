using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>Somebody with a browser that keeps cookies and runs no script: reads pages through the gateway and sends the forms that stand on them.</summary>
internal sealed class EndToEndReader : IDisposable
{
    private readonly HttpClient _client;

    public EndToEndReader(Uri gateway) =>
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = gateway };

    /// <summary>Follows no redirect.</summary>
    public async Task<EndToEndPage> GetAsync(string path) => await ReadAsync(await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    /// <summary>Where a page sends who asks for it.</summary>
    public async Task<(HttpStatusCode Status, string? Location)> AskAsync(string path)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Headers.Location?.OriginalString);
    }

    /// <summary>Fills in a form of a page and sends it.</summary>
    /// <param name="path">The page.</param>
    /// <param name="action">The form's address.</param>
    /// <param name="values">What is typed; everything else is sent as it stands there.</param>
    /// <param name="act">The value of its field <c>act</c>, where several forms have one address.</param>
    public async Task<(EndToEndPage Page, string? Location)> SendAsync(string path, string action, Dictionary<string, string> values, string act = "", string shelf = "")
    {
        var page = await GetAsync(path);
        var place = shelf.Length == 0 ? (IParentNode)page.Document : page.Document.QuerySelector($"li:has(a[href='/products?category={shelf}'])")!;
        var fields = StockroomService.FieldsOf(place, action, act);
        foreach (var (name, value) in values)
        {
            fields[name] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        var response = await _client.PostAsync(new Uri(action, UriKind.Relative), content, TestContext.Current.CancellationToken);
        var location = response.Headers.Location?.OriginalString;
        return (await ReadAsync(response), location);
    }

    /// <summary>Signs in; everybody's password is the same.</summary>
    public async Task SignInAsync(string email)
    {
        var (_, location) = await SendAsync("/sign-in", "/sign-in", new() { ["email"] = email, ["password"] = "saltmarsh" });
        Assert.Equal("/", location);
    }

    public void Dispose() => _client.Dispose();

    private static async Task<EndToEndPage> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new EndToEndPage(response.StatusCode, html, new HtmlParser().ParseDocument(html));
        }
    }
}
