using System.Text;
using Microsoft.AspNetCore.Http;
using Stitcher.Merging;
using Stitcher.Parsing;

namespace Stitcher.Writing;

/// <summary>What is told to those whom the gateway does not let in now: ready made and below 1 KB, for it is sent when there is the least to spare.</summary>
internal sealed class BusyPage
{
    private const string Style =
        ":root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.25rem}";

    private static readonly string Policy =
        $"default-src 'none'; style-src {InlineCode.Of(isScript: false, Style).PolicySource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly int _status;
    private readonly byte[] _body;

    private BusyPage(int status, string text)
    {
        _status = status;
        _body = Encoding.UTF8.GetBytes(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>One moment, please</title><style>{Style}</style></head>
            <body><main><h1>One moment, please</h1><p>{text}</p></main></body></html>

            """);
    }

    /// <summary>As many pages are under way as may be.</summary>
    public static BusyPage Full { get; } = new(StatusCodes.Status503ServiceUnavailable, "More people are here than can be served at once. Nothing was done yet: please reload this page in a few seconds.");

    /// <summary>One client sends more than it may.</summary>
    public static BusyPage TooMany { get; } = new(StatusCodes.Status429TooManyRequests, "Too many requests have come from your connection. Nothing was done with this one: please wait a little, then reload this page.");

    /// <param name="context">The request.</param>
    /// <param name="retryAfter">Seconds after which trying again makes sense.</param>
    public async Task SendAsync(HttpContext context, int retryAfter)
    {
        PageHeaders.Apply(context, new PageStatus(_status, Composes: false, RetryAfter: retryAfter), Policy);
        context.Response.ContentLength = _body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(_body, context.RequestAborted);
        }
    }
}
