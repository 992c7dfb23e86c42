using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Stitcher.Local.Checking;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>A page as the gateway sent it, read by a parser as a browser would.</summary>
internal sealed record EndToEndPage(HttpStatusCode Status, string Html, IHtmlDocument Document)
{
    public static async Task<EndToEndPage> OfAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new EndToEndPage(response.StatusCode, html, LateParts.Place(new HtmlParser().ParseDocument(html)));
    }

    /// <summary>An element's words, white space evened out.</summary>
    public static string Words(INode? node) =>
        string.Join(' ', (node?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string Text(string selector) => Document.QuerySelector(selector) is { } element ? Words(element) : $"(no {selector})";
}
