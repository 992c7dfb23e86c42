using System.Text;
using Microsoft.AspNetCore.Http;
using Stitcher.Fetching;
using Stitcher.Parsing;

namespace Stitcher.Writing;

/// <summary>What is different about a fragment that goes to a browser without a page around it: its headers, and what is sent when there is none.</summary>
internal static class LoneFragment
{
    /// <summary>Tells the page that asked to load itself anew.</summary>
    public const string Reload = "Stitcher-Reload";

    /// <summary>Opened as a document it can be looked at, and do nothing.</summary>
    public const string Policy = "default-src 'none'; img-src 'self' data:; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

    public static void Apply(HttpResponse response, FragmentResult? result)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["X-Robots-Tag"] = "noindex";
        var links = (result?.Head ?? []).Where(static part => part.Kind == HeadPartKind.Stylesheet).Select(static part => part.Key[(part.Key.IndexOf(' ') + 1)..]).ToArray();
        if (links.Length > 0)
        {
            // Addresses of style sheets have no line breaks; what else a header cannot hold is percent-encoded.
            response.Headers.Link = string.Join(", ", links.Where(static link => link.All(static c => c is > ' ' and < '\u007f' and not ('<' or '>'))).Select(static link => $"<{link}>; rel=stylesheet"));
        }
    }

    /// <summary>A sentence in the place of a fragment.</summary>
    /// <param name="status">The answer's status.</param>
    public static byte[] Sentence(int status) => Encoding.UTF8.GetBytes($"<p role=\"status\" data-status=\"{status}\">{TextOf(status)}</p>");

    /// <summary>Answers with a sentence and nothing else.</summary>
    public static Task SendAsync(HttpContext context, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Remove("Location");
        Apply(response, null);
        var body = Sentence(status);
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static string TextOf(int status) => status switch
    {
        400 => "This part of the page cannot be shown: something in its address makes no sense.",
        403 => "This part of the page is only for pages of this site.",
        404 => "There is no such part of a page.",
        409 => "This page is older than what it asks for: load it anew.",
        >= 500 => "This part of the page could not be fetched. Please try again in a moment.",
        _ => "This part of the page cannot be shown.",
    };
}
