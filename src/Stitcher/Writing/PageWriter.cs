using System.Buffers;
using System.IO.Pipelines;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Writing;

/// <summary>Writes a page's pieces in document order. What is ready goes at once; before a wait, what was written leaves.</summary>
internal static class PageWriter
{
    /// <summary>The bytes of a page of which every slot is ready.</summary>
    public static long LengthOf(PageFetch fetch, MergedHead head)
    {
        var length = 0L;
        foreach (var piece in fetch.Plan.Layout.Pieces)
        {
            length += piece.Kind == MarkupPieceKind.Slot
                ? LengthOf(fetch.Plan, piece.Index, fetch.ResultOf(piece.Index)!, head)
                : BytesOf(piece, fetch.Plan, head).Length;
        }

        return length;
    }

    /// <param name="output">Where to.</param>
    /// <param name="fetch">The page's fragments.</param>
    /// <param name="head">The head as it was decided before the first byte.</param>
    /// <param name="token">Fires when the browser is gone.</param>
    public static async ValueTask WriteAsync(PipeWriter output, PageFetch fetch, MergedHead head, CancellationToken token)
    {
        var plan = fetch.Plan;
        foreach (var piece in plan.Layout.Pieces)
        {
            if (piece.Kind != MarkupPieceKind.Slot)
            {
                output.Write(BytesOf(piece, plan, head).Span);
                continue;
            }

            if (fetch.ResultOf(piece.Index) is not { } result)
            {
                await output.FlushAsync(token);
                result = await fetch.WaitForAsync(piece.Index);
            }

            WriteSlot(output, plan, piece.Index, result, head);
        }

        await output.FlushAsync(token);
    }

    private static ReadOnlyMemory<byte> BytesOf(MarkupPiece piece, PagePlan plan, MergedHead head) => piece.Kind switch
    {
        MarkupPieceKind.ImportMap => plan.ImportMap,
        MarkupPieceKind.HeadEnd => head.Added,
        MarkupPieceKind.HeadPart when head.Replaced is { } replaced && !replaced[piece.Index].IsEmpty => replaced[piece.Index],
        _ => piece.Bytes,
    };

    private static void WriteSlot(PipeWriter output, PagePlan plan, int index, FragmentResult result, MergedHead head)
    {
        // Head slots have given their parts to the head; nothing of them has a place of its own.
        if (plan.Slots[index].Context.InHead)
        {
            return;
        }

        if (result.Markup is not { } markup)
        {
            output.Write(plan.Slots[index].Content.Span);
            return;
        }

        // A fragment that came after the head had left brings its style sheets along, right before itself.
        foreach (var part in result.Head)
        {
            if (part.WorksInBody && !head.Has(part))
            {
                output.Write(part.Html.Span);
            }
        }

        foreach (var piece in markup.Pieces)
        {
            output.Write(piece.Bytes.Span);
        }
    }

    private static long LengthOf(PagePlan plan, int index, FragmentResult result, MergedHead head)
    {
        if (plan.Slots[index].Context.InHead)
        {
            return 0;
        }

        if (result.Markup is not { } markup)
        {
            return plan.Slots[index].Content.Length;
        }

        var length = (long)markup.Length;
        foreach (var part in result.Head)
        {
            length += part.WorksInBody && !head.Has(part) ? part.Html.Length : 0;
        }

        return length;
    }
}
