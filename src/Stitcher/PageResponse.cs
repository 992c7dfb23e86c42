using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Stitcher.Configuration;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Planning;
using Stitcher.Writing;

namespace Stitcher;

/// <summary>Sends a composed page: whole with its length and entity tag, or streamed; compressed as the browser takes it; or not at all, when the browser has it.</summary>
internal sealed class PageResponse(HeadMerger heads, CompressedPages compressed, TimeProvider time)
{
    public async Task SendAsync(HttpContext context, PageFetch fetch, PageStatus status, bool inOrder)
    {
        var plan = fetch.Plan;
        var isWhole = plan.Delivery != PageDelivery.Streamed && fetch.AllReady;
        var head = heads.For(plan, fetch);
        PageHeaders.Apply(context, status, head.Policy, plan);
        if (plan.IsLone)
        {
            LoneFragment.Apply(context.Response, fetch.ResultOf(0));
        }

        var lateMark = !isWhole && !inOrder && plan is { StartsRuntime: true, HasDeferred: true } ? MarkLate(context.Response) : null;
        var etag = isWhole && status.Code == StatusCodes.Status200OK ? ApplyCaching(context, fetch, head) : null;
        if (etag is not null && BrowserHas(context.Request, etag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.Headers.Remove(HeaderNames.ContentType);
            return;
        }

        var coding = ContentCodings.Best(context.Request.Headers.AcceptEncoding);
        if (coding != ContentCoding.Identity)
        {
            context.Response.Headers.ContentEncoding = ContentCodings.NameOf(coding);
        }

        await (coding == ContentCoding.Identity ? SendPlainAsync(context, fetch, head, isWhole, inOrder, lateMark)
            : etag is null ? SendCompressingAsync(context, fetch, head, coding, inOrder, lateMark)
            : SendCompressedAsync(context, fetch, head, coding, etag));
    }

    // A script that reads the page while it comes shows all before this mark at once. A name made up for one answer is nothing that a fragment could write.
    private static string MarkLate(HttpResponse response)
    {
        var mark = "late-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        response.Headers["Stitcher-Late"] = mark;
        return mark;
    }

    private string? ApplyCaching(HttpContext context, PageFetch fetch, MergedHead head)
    {
        var caching = PageCaching.For(fetch.Plan, fetch, head, time);
        PageHeaders.Apply(context.Response, caching);
        return caching.ETag;
    }

    private static async Task SendPlainAsync(HttpContext context, PageFetch fetch, MergedHead head, bool isWhole, bool inOrder, string? lateMark)
    {
        if (isWhole)
        {
            context.Response.ContentLength = PageWriter.LengthOf(fetch, head);
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await new PageWriter(context.Response.BodyWriter, fetch, head, inOrder, lateMark).WriteAsync(context.RequestAborted);
        }
    }

    private static async Task SendCompressingAsync(HttpContext context, PageFetch fetch, MergedHead head, ContentCoding coding, bool inOrder, string? lateMark)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await using var stream = CompressedPages.Over(context.Response.BodyWriter, coding);
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        await new PageWriter(output, fetch, head, inOrder, lateMark).WriteAsync(context.RequestAborted);
        await output.CompleteAsync();
    }

    private async Task SendCompressedAsync(HttpContext context, PageFetch fetch, MergedHead head, ContentCoding coding, string etag)
    {
        var bytes = await compressed.GetAsync(
            fetch.Plan.Name, etag, coding, output => new PageWriter(output, fetch, head, inOrder: true).WriteAsync(context.RequestAborted));
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }
    }

    // Tags of composed pages are weak, and so is the comparison (RFC 9110, section 13.1.2).
    private static bool BrowserHas(HttpRequest request, string etag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } known
        && EntityTagHeaderValue.TryParseList([.. known.OfType<string>()], out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: false));
}
