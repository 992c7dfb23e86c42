using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Stitcher.Upstream;

namespace Stitcher;

/// <summary>What a page makes of an answer to a form, by its status and headers.</summary>
internal static class PostedContent
{
    private const string Html = "text/html";

    /// <summary>Whether the answer is for people and for the page to show. Redirects and answers for programs are the browser's.</summary>
    public static bool IsHtml(HttpResponse response) =>
        response.StatusCode is (>= 200 and not (204 or 205 or 206) and < 300) or >= 400
        && MediaTypeHeaderValue.TryParse(response.ContentType, out var type) && type.MediaType.Equals(Html, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the service behind failed without a word of its own.</summary>
    public static bool IsFailure(HttpResponse response) => response.StatusCode >= 500 && response.ContentType is null;

    /// <summary>Says why HTML cannot be shown in a page, or null.</summary>
    public static string? Complaint(HttpResponse response) => response switch
    {
        { StatusCode: >= 500 } => $"status {response.StatusCode}",
        _ when !ResponseContract.IsUtf8Html(response.ContentType!) => "an answer in another encoding, expected text/html; charset=utf-8",
        _ when response.Headers.ContentEncoding.Count > 0 && response.Headers.ContentEncoding != "identity" =>
            "a compressed answer, expected none: the request asked for identity",
        _ => null,
    };
}
