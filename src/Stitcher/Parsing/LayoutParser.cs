using System.Collections.Immutable;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Stitcher.Parsing;

/// <summary>
/// Compiles a layout. Slots are found at token level, before there is a tree: the tree builder would move a slot out of a table,
/// drop it from a select, end the head at it, and let one without an end tag swallow what follows.
/// </summary>
internal static class LayoutParser
{
    /// <param name="bytes">The file's content.</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <param name="errors">Takes every error, with file and line.</param>
    /// <param name="read">Reads the files that it extends and includes; null where there are none.</param>
    /// <returns>Null when the file is not text. With other errors the markup must not be served, but its slots can still be judged.</returns>
    public static Markup? Parse(ReadOnlyMemory<byte> bytes, string file, ICollection<string> errors, LayoutReader? read = null)
    {
        if (!StrictUtf8.TryDecode(StrictUtf8.WithoutByteOrderMark(bytes.Span), out var written, out var problem))
        {
            errors.Add($"{file}: {problem}; expected a file in UTF-8");
            return null;
        }

        var layout = new LayoutExpansion(read ?? NoOther, errors).Expand(new LayoutOrigin(file, written));
        var source = new LayoutSource(layout, errors);
        var text = layout.Text;
        var tags = TagReader.Read(text);
        var places = SlotPlaces.Find(tags, source);
        var contexts = ContextsOf(text, places, source);
        var cuts = new List<LayoutCut>();
        var slots = ImmutableArray.CreateBuilder<SlotMarkup>();
        foreach (var (place, context) in places.Zip(contexts))
        {
            cuts.Add(new LayoutCut(place.Start, place.End, MarkupPieceKind.Slot, slots.Count));
            slots.Add(place.Attributes.ToSlot(Utf8(text[place.ContentStart..place.ContentEnd]), context, layout.OriginAt(place.Start).File, layout.LineAt(place.Start)));
        }

        var heads = ImmutableArray.CreateBuilder<HeadPart>();
        var others = ImmutableArray.CreateBuilder<HeadPart>();
        cuts.AddRange(LayoutHead.Find(tags, places, source, heads, others));
        var html = FirstTag("html", MarkupPieceKind.HtmlTag);
        var body = FirstTag("body", MarkupPieceKind.BodyTag);
        var bodyEnd = tags.FirstOrDefault(t => t is { Name: "body" or "html", IsStart: false } && t.Start >= cuts.Max(c => c.End))?.Start ?? text.Length;
        cuts.Add(new LayoutCut(bodyEnd, bodyEnd, MarkupPieceKind.BodyEnd));
        return new Markup(Assemble(text, cuts), slots.ToImmutable(), [.. heads, .. others])
        {
            Inline = InlineCodeOf(text, tags),
            HtmlTag = html,
            BodyTag = body,
        };

        LayoutTag? FirstTag(string name, MarkupPieceKind kind)
        {
            var tag = tags.FirstOrDefault(t => t.IsStart && t.Name == name && !places.Any(p => p.Start < t.Start && t.Start < p.End));
            if (tag is not null)
            {
                cuts.Add(new LayoutCut(tag.Start, tag.End, kind));
            }

            return tag;
        }
    }

    private static ImmutableArray<InlineCode> InlineCodeOf(string text, List<LayoutTag> tags)
    {
        var found = ImmutableArray.CreateBuilder<InlineCode>();
        for (var i = 0; i + 1 < tags.Count; i++)
        {
            var tag = tags[i];
            var isScript = tag.Name == "script";
            if (tag.IsStart && (tag.Name == "style" || (isScript && tag.Attribute("src") is null && InlineCode.IsCode(tag.Attribute("type")))))
            {
                found.Add(InlineCode.Of(isScript, text[tag.End..tags[i + 1].Start]));
            }
        }

        return found.ToImmutable();
    }

    // The tree is asked only for what is around a slot, with a comment where the slot was: a comment stays where it is written.
    private static List<SlotContext> ContextsOf(string text, List<SlotPlace> places, LayoutSource source)
    {
        var skeleton = new StringBuilder();
        var at = 0;
        var mark = "stitcher-slot-" + Guid.NewGuid().ToString("N") + "-";
        foreach (var (place, index) in places.Select((p, i) => (p, i)))
        {
            skeleton.Append(text, at, place.Start - at).Append("<!--").Append(mark).Append(index).Append("-->");
            at = place.End;
        }

        var document = ParserWithoutFrames.With(new HtmlParserOptions()).ParseDocument(skeleton.Append(text, at, text.Length - at).ToString());
        var quirks = document is IDocument { Doctype: null };
        var contexts = new List<SlotContext>();
        foreach (var (place, index) in places.Select((p, i) => (p, i)))
        {
            if (DocumentTree.FindComment(document, mark + index) is { } comment)
            {
                contexts.Add(SlotContext.Around(comment, quirks));
                if (place.Attributes.IsDeferred && ComplaintAboutDeferring(contexts[^1]) is { } complaint)
                {
                    source.Error(place.Start, complaint);
                }
            }
            else
            {
                source.Error(place.Start, "this slot stands inside the text of another element; expected a place where an element can be");
                contexts.Add(SlotContext.Body);
            }
        }

        return contexts;
    }

    // What comes late is read in a template at the end of the page and moved from there.
    private static string? ComplaintAboutDeferring(SlotContext context) =>
        context.InHead ? "defer in the head: what leaves first cannot follow later; expected a slot in the body"
        : Array.Find(["svg", "math"], context.IsInside) is { } foreign ? $"defer inside <{foreign}>: what follows later is read as HTML, not as a drawing or formula; expected the whole <{foreign}> in the fragment, or no defer"
        : Array.Find(["template", "noscript"], context.IsInside) is { } inert ? $"defer inside <{inert}>: nothing can be moved into it later; expected no defer"
        : null;

    private static ImmutableArray<MarkupPiece> Assemble(string text, List<LayoutCut> cuts)
    {
        var pieces = ImmutableArray.CreateBuilder<MarkupPiece>();
        var at = 0;
        foreach (var cut in cuts.OrderBy(c => c.Start).ThenBy(c => c.End))
        {
            if (cut.Start > at)
            {
                pieces.Add(new MarkupPiece(MarkupPieceKind.Literal, Utf8(text[at..cut.Start])));
            }

            pieces.Add(new MarkupPiece(cut.Kind, cut.Kind is MarkupPieceKind.HeadPart or MarkupPieceKind.HtmlTag or MarkupPieceKind.BodyTag ? Utf8(text[cut.Start..cut.End]) : default, cut.Index));
            at = cut.End;
        }

        if (at < text.Length)
        {
            pieces.Add(new MarkupPiece(MarkupPieceKind.Literal, Utf8(text[at..])));
        }

        return pieces.ToImmutable();
    }

    private static string? NoOther(string file, out string? problem)
    {
        problem = "cannot be read: there are no other files here";
        return null;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
