using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Writing;

/// <summary>
/// Writes a page's pieces in document order. What is ready goes at once; before a wait, what was written leaves. A deferred slot is
/// not waited for: its content goes, and the fragment follows at the end.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="fetch">The page's fragments.</param>
/// <param name="head">The head as it was decided before the first byte.</param>
/// <param name="inOrder">The reader wants deferred slots in their place, too.</param>
/// <param name="lateMark">Stands before what comes late and behind each part of it, when the reader was told of it; nothing that a fragment could have written. Null for none.</param>
internal sealed class PageWriter(PipeWriter output, PageFetch fetch, MergedHead head, bool inOrder, string? lateMark = null)
{
    private List<int>? _late;
    private HashSet<string>? _brought;

    /// <summary>The bytes of a page of which every slot was ready when its head was merged, so that no slot brings head parts of its own.</summary>
    public static long LengthOf(PageFetch fetch, MergedHead head)
    {
        var length = 0L;
        foreach (var piece in fetch.Plan.Layout.Pieces)
        {
            length += piece.Kind == MarkupPieceKind.Slot
                ? LengthOf(fetch.ResultOf(piece.Index)!, fetch.Plan.Slots[piece.Index].Content) + StartOf(fetch.Plan.Slots[piece.Index], fetch.ResultOf(piece.Index)!).Length
                : BytesOf(piece, fetch.Plan, head).Length + (piece.Kind == MarkupPieceKind.ImportMap ? fetch.Topics.Length + fetch.Plan.Preloads.Length : 0);
        }

        return length;
    }

    /// <param name="token">Fires when the browser is gone.</param>
    public async ValueTask WriteAsync(CancellationToken token)
    {
        foreach (var piece in fetch.Plan.Layout.Pieces)
        {
            switch (piece.Kind)
            {
                case MarkupPieceKind.Slot:
                    await WriteSlotAsync(fetch.Plan.Slots[piece.Index], token);
                    break;
                case MarkupPieceKind.BodyEnd when _late is not null:
                    await WriteLateAsync(_late, token);
                    break;
                case MarkupPieceKind.ImportMap:
                    output.Write(fetch.Plan.ImportMap.Span);
                    output.Write(fetch.Topics.Span);
                    output.Write(fetch.Plan.Preloads.Span);
                    break;
                default:
                    output.Write(BytesOf(piece, fetch.Plan, head).Span);
                    break;
            }
        }

        await output.FlushAsync(token);
    }

    private async ValueTask WriteSlotAsync(SlotPlan slot, CancellationToken token)
    {
        var result = fetch.ResultOf(slot.Index);
        if (result is null && slot.IsDeferred && !inOrder)
        {
            DeferredSlot.WritePlaceholder(output, slot.Index, slot.Content.Span);
            (_late ??= []).Add(slot.Index);
            return;
        }

        if (result is null)
        {
            await output.FlushAsync(token);
            result = await fetch.WaitForAsync(slot.Index);
        }

        WriteHeadParts(result, slot.Context.InHead);
        WriteResult(result, slot.Content);
        output.Write(StartOf(slot, result).Span);
    }

    private static ReadOnlyMemory<byte> StartOf(SlotPlan slot, FragmentResult result) =>
        result.Markup is null ? default : (result.Outcome == SlotOutcome.FallbackFragment ? slot.Fallback?.Start : slot.Start)?.Element ?? default;

    private async ValueTask WriteLateAsync(List<int> late, CancellationToken token)
    {
        // Who reads the page as it comes knows by this that all but these fragments is here, and by the next one that the first of them is.
        var mark = lateMark is null ? [] : Encoding.ASCII.GetBytes($"<!--{lateMark}-->");
        output.Write(mark);
        while (late.Count > 0)
        {
            var ready = late.FindIndex(slot => fetch.ResultOf(slot) is not null);
            if (ready < 0)
            {
                await output.FlushAsync(token);
                await fetch.WhenAnyAsync(late);
                continue;
            }

            var index = late[ready];
            late.RemoveAt(ready);

            // One that failed leaves its content where it is.
            if (fetch.ResultOf(index) is { Markup: not null } result)
            {
                DeferredSlot.WriteStart(output, index);
                WriteHeadParts(result, inHead: false);
                WriteResult(result, default);
                DeferredSlot.WriteEnd(output);
                output.Write(StartOf(fetch.Plan.Slots[index], result).Span);
                output.Write(mark);
            }
        }
    }

    private void WriteResult(FragmentResult result, ReadOnlyMemory<byte> content)
    {
        if (result.Markup is not { } markup)
        {
            output.Write(content.Span);
            return;
        }

        foreach (var piece in markup.Pieces)
        {
            if (piece.Kind == MarkupPieceKind.Slot)
            {
                WriteResult(result.Nested[piece.Index].Result, result.Nested[piece.Index].Content);
            }
            else
            {
                output.Write(piece.Bytes.Span);
            }
        }
    }

    // A fragment that came after the head was decided brings its style sheets along, right before itself.
    private void WriteHeadParts(FragmentResult result, bool inHead)
    {
        foreach (var part in result.Head)
        {
            if ((part.WorksInBody || (inHead && part.Kind == HeadPartKind.Meta)) && !head.Has(part) && (_brought ??= []).Add(part.Key))
            {
                output.Write(part.Html.Span);
            }
        }
    }

    private static ReadOnlyMemory<byte> BytesOf(MarkupPiece piece, PagePlan plan, MergedHead head) => piece.Kind switch
    {
        MarkupPieceKind.ImportMap => plan.ImportMap,
        MarkupPieceKind.HeadEnd => head.Added,
        MarkupPieceKind.HtmlTag when !head.HtmlTag.IsEmpty => head.HtmlTag,
        MarkupPieceKind.BodyTag when !head.BodyTag.IsEmpty => head.BodyTag,
        MarkupPieceKind.HeadPart when head.Replaced is { } replaced && !replaced[piece.Index].IsEmpty => replaced[piece.Index],
        _ => piece.Bytes,
    };

    private static long LengthOf(FragmentResult result, ReadOnlyMemory<byte> content)
    {
        if (result.Markup is not { } markup)
        {
            return content.Length;
        }

        var length = (long)markup.Length;
        foreach (var nested in result.Nested)
        {
            length += LengthOf(nested.Result, nested.Content);
        }

        return length;
    }
}
