using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Stitcher.Parsing;

namespace Stitcher.Writing;

/// <summary>The gateway's own page for when there is nothing to compose. Says what happened and what to do, never where.</summary>
internal static class ErrorPage
{
    private static readonly string Template = ReadTemplate();

    /// <summary>The page needs nothing but its own style.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; img-src data:; style-src {InlineCode.Of(isScript: false, Template[(Template.IndexOf("<style>", StringComparison.Ordinal) + 7)..Template.IndexOf("</style>", StringComparison.Ordinal)]).PolicySource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="status">The page's status.</param>
    /// <param name="correlation">The request's identifier, to find it in the logs.</param>
    public static byte[] Render(int status, string correlation)
    {
        var (title, text) = status switch
        {
            400 => ("This request makes no sense here", "The address or something sent with it is not what this page takes."),
            403 => ("This is not open to you", "Either it is for somebody else, or it was sent by a page of another site. Nothing was done; open the page here and try from there."),
            405 => ("This page does not take that", "The page exists, but not for the way it was called."),
            404 => ("This page does not exist", "The address may be mistyped, or the page may have moved."),
            429 => ("Too many requests at once", "This page answers everybody in turn. Please wait a moment before you try again."),
            413 => ("This is too much at once", "What was sent is larger than this page takes, so nothing was done. Send less of it."),
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
            .Replace("{again}", IsWorthAnotherTry(status) ? "<a href=\"\">Try again</a>" : "", StringComparison.Ordinal)
            .Replace("{correlation}", HtmlEncoder.Default.Encode(correlation), StringComparison.Ordinal));
    }

    // What was refused for what it is will be refused again.
    private static bool IsWorthAnotherTry(int status) => status is >= 500 or StatusCodes.Status429TooManyRequests or StatusCodes.Status408RequestTimeout;

    /// <summary>The headers of an error page that stands in for an answer without a body.</summary>
    public static void Describe(HttpResponse response)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private static string ReadTemplate()
    {
        using var stream = typeof(ErrorPage).Assembly.GetManifestResourceStream("Stitcher.Writing.error-page.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
