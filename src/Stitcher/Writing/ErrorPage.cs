using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Diagnostics;
using Stitcher.Merging;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Writing;

/// <summary>The page for when there is nothing to compose: the site's own, or the gateway's. The gateway's says what happened and what to do, never where.</summary>
internal static class ErrorPage
{
    private static readonly string Template = ReadTemplate();

    // The gateway's page needs nothing but its own style.
    private static readonly string OwnPolicy =
        $"default-src 'none'; img-src data:; style-src {InlineCode.Of(isScript: false, Template[(Template.IndexOf("<style>", StringComparison.Ordinal) + 7)..Template.IndexOf("</style>", StringComparison.Ordinal)]).PolicySource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="site">The site's own page for the status; null where it has none.</param>
    public static string PolicyOf(ErrorLayout? site) => site is null ? OwnPolicy : ContentPolicy.For(site);

    /// <summary>The site's own page for a status; null where it has none. Whoever refuses a request, long before there is a page, needs it.</summary>
    public static ErrorLayout? OfSite(HttpContext context, int status) => context.RequestServices?.GetService<CatalogState>()?.Current.ErrorPages.Find(status);

    /// <param name="context">The request.</param>
    /// <param name="site">The site's own page for the status; null where it has none.</param>
    /// <param name="status">The page's status.</param>
    public static byte[] Render(HttpContext context, ErrorLayout? site, int status)
    {
        var correlation = RequestId.Of(context).ToString();
        return site?.Render(status, correlation) ?? Render(status, correlation, !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method));
    }

    /// <param name="status">The page's status.</param>
    /// <param name="correlation">The request's identifier, to find it in the logs.</param>
    /// <param name="isSent">Something was sent, a form for instance, and may have been taken.</param>
    public static byte[] Render(int status, string correlation, bool isSent = false)
    {
        var (title, text) = status switch
        {
            400 => ("This request makes no sense here", "The address or something sent with it is not what this page takes."),
            403 => ("This is not open to you", "Either it is for somebody else, or it was sent by a page of another site. Nothing was done; open the page here and try from there."),
            405 => ("This page does not take that", "The page exists, but not for the way it was called."),
            404 => ("This page does not exist", "The address may be mistyped, or the page may have moved."),
            429 => ("Too many requests at once", "This page answers everybody in turn. Please wait a moment before you try again."),
            413 => ("This is too much at once", "What was sent is larger than this page takes, so nothing was done. Send less of it."),
            >= 500 when isSent => ("What you sent was not answered", "It may have been taken all the same: go back and look before you send it again. To send it again as it was, reload this page."),
            >= 400 and < 500 => ("This cannot be done so", "What was sent is not what this page takes, so nothing was done."),
            503 => ("One moment, please", "A part of this page that it cannot do without is busy. It usually comes back by itself within seconds."),
            504 => ("This takes too long", "A part of this page that it cannot do without did not answer in time. Trying again often helps."),
            502 => ("Something behind this page is broken", "A part of this page that it cannot do without could not be reached. Please try again in a moment."),
            _ => ("This went wrong on our side", "The page could not be put together. It is not your fault, and we have been told."),
        };
        return Encoding.UTF8.GetBytes(Template
            .Replace("{status}", status.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{title}", title, StringComparison.Ordinal)
            .Replace("{text}", text, StringComparison.Ordinal)
            .Replace("{again}", !isSent && IsWorthAnotherTry(status) ? "<a href=\"\">Try again</a>" : "", StringComparison.Ordinal)
            .Replace("{correlation}", HtmlEncoder.Default.Encode(correlation), StringComparison.Ordinal));
    }

    // What was refused for what it is will be refused again. A link asks for the address and sends nothing with it.
    private static bool IsWorthAnotherTry(int status) => status is >= 500 or StatusCodes.Status429TooManyRequests or StatusCodes.Status408RequestTimeout;

    /// <summary>The headers of an error page that stands in for an answer without a body.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="site">The site's own page for its status; null where it has none.</param>
    public static void Describe(HttpResponse response, ErrorLayout? site)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentSecurityPolicy = PolicyOf(site);
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private static string ReadTemplate()
    {
        using var stream = typeof(ErrorPage).Assembly.GetManifestResourceStream("Stitcher.Writing.error-page.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
