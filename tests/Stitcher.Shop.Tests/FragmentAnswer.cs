using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>What a service answered, read as a browser would.</summary>
internal sealed record FragmentAnswer(HttpStatusCode Status, string CacheControl, string ContentType, string Link, string Html, IHtmlDocument Page)
{
    /// <param name="service">Who is asked.</param>
    /// <param name="path">What for.</param>
    /// <param name="identity">Who asks, as by <see cref="IdentityToken.For"/>; null: nobody is signed in.</param>
    public static async Task<FragmentAnswer> OfAsync(ServiceProcess service, string path, string? identity = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (identity is not null)
        {
            request.Headers.Add(IdentityToken.Header, identity);
        }

        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await OfAsync(response);
    }

    public static async Task<FragmentAnswer> OfAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new FragmentAnswer(
            response.StatusCode,
            Header(response, "Cache-Control"),
            response.Content.Headers.ContentType?.ToString() ?? "",
            Header(response, "Link"),
            html,
            new HtmlParser().ParseDocument(html));
    }

    /// <summary>The words of the first element that fits.</summary>
    public string Text(string selector) => Page.QuerySelector(selector)?.TextContent.Trim() ?? $"(no {selector})";

    public int Count(string selector) => Page.QuerySelectorAll(selector).Length;

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}
