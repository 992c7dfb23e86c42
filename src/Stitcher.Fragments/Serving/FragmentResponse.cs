using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Stitcher.Federation;
using Stitcher.Fragments.Forms;

namespace Stitcher.Fragments.Serving;

/// <summary>Writes a fragment's answer: headers first, a body only where one belongs.</summary>
internal static class FragmentResponse
{
    public static async Task WriteAsync(HttpContext context, FragmentResult result)
    {
        var definition = context.GetEndpoint()?.Metadata.GetMetadata<FragmentDefinition>();
        if (result.Message is not null)
        {
            await WriteTextAsync(context, result.StatusCode, result.Message, context.RequestAborted, result.Refused);
            return;
        }

        var caching = CachingOf(context, result, definition);
        var response = context.Response;
        response.StatusCode = result.StatusCode;
        WriteCommonHeaders(response);
        response.Headers.CacheControl = caching.ToHeader();
        WriteDependencies(response, result, definition);
        response.Headers.Location = result.Location;
        if (result.Markup is null)
        {
            return;
        }

        WriteStyles(context, definition);
        var markup = result.Head.IsEmpty ? result.Markup : result.Head.Around(result.Markup);
        if (FragmentPreview.IsWanted(context))
        {
            // The answer depends on who asks, and a person who works on a fragment wants to see the last change.
            response.Headers.CacheControl = "no-store";
            markup = FragmentPreview.Around(context, result, definition);
        }
        else if (caching.IsStorable && IsUnchanged(context, markup))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "text/html; charset=utf-8";
        await WriteBodyAsync(context, markup.Utf8, context.RequestAborted);
    }

    // What proves a form to be of one session must not come to others with a fragment that is remembered for all.
    private static FragmentCaching CachingOf(HttpContext context, FragmentResult result, FragmentDefinition? definition)
    {
        var caching = result.IsNeverKept ? FragmentCaching.None : (definition?.Caching ?? FragmentCaching.None).With(result.Caching);
        return caching is { IsStorable: true, IsPrivate: false } && context.Items.ContainsKey(FormTokens.Written) ? new FragmentCaching { IsPrivate = true } : caching;
    }

    /// <summary>An answer for people and logs: never HTML, so that no part of a request can become markup.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="token">Fires when nobody listens any more.</param>
    /// <param name="refused">The parameters whose values were not taken.</param>
    public static Task WriteTextAsync(HttpContext context, int status, string message, CancellationToken token, ImmutableArray<string> refused = default)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        WriteCommonHeaders(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (!refused.IsDefaultOrEmpty && refused.All(static name => Ascii.IsValid(name)))
        {
            context.Response.Headers[FragmentHeaders.Refused] = string.Join(", ", refused);
        }

        return WriteBodyAsync(context, Encoding.UTF8.GetBytes(message), token);
    }

    private static Task WriteBodyAsync(HttpContext context, ReadOnlyMemory<byte> body, CancellationToken token)
    {
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, token).AsTask();
    }

    private static void WriteCommonHeaders(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        // A fragment is a part of a page; on its own it is not worth finding.
        response.Headers["X-Robots-Tag"] = "noindex";
    }

    private static void WriteDependencies(HttpResponse response, FragmentResult result, FragmentDefinition? definition)
    {
        if (definition is { Vary.IsEmpty: false })
        {
            response.Headers.Vary = string.Join(", ", definition.Vary);
        }

        var tags = (definition?.Tags ?? []).Concat(result.Tags).Distinct(StringComparer.Ordinal).ToArray();
        if (tags.Length > 0)
        {
            response.Headers[FragmentHeaders.SurrogateKey] = string.Join(' ', tags);
        }
    }

    private static void WriteStyles(HttpContext context, FragmentDefinition? definition)
    {
        if (definition is null or { Styles.IsEmpty: true })
        {
            return;
        }

        var options = context.RequestServices.GetRequiredService<IOptions<FragmentServiceOptions>>().Value;
        var folder = FragmentAddress.Relative(context.Request.Path, options.AssetBase);
        context.Response.Headers.Link = string.Join(", ", definition.Styles.Select(style => $"<{folder}{style}>; rel=stylesheet"));
    }

    /// <summary>Weak, because a proxy or a middleware may compress the body on its way.</summary>
    private static bool IsUnchanged(HttpContext context, FragmentMarkup markup)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(markup.Utf8.Span).AsSpan(0, 12));
        var tag = new EntityTagHeaderValue($"\"{hash}\"", isWeak: true);
        context.Response.Headers.ETag = tag.ToString();
        if (context.Response.StatusCode != StatusCodes.Status200OK)
        {
            return false;
        }

        var asked = new RequestHeaders(context.Request.Headers).IfNoneMatch;
        return asked.Any(candidate => candidate == EntityTagHeaderValue.Any || candidate.Compare(tag, useStrongComparison: false));
    }
}
