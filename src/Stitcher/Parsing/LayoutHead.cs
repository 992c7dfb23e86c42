using System.Collections.Immutable;
using System.Text;

namespace Stitcher.Parsing;

/// <summary>Finds in a layout's head the places where something of the page's goes, and what the layout itself has there.</summary>
internal static class LayoutHead
{
    /// <param name="tags">All tags of the layout.</param>
    /// <param name="slots">The layout's slots. What stands in a slot is the slot's, not the head's.</param>
    /// <param name="source">The layout's text, for errors.</param>
    /// <param name="replaceable">Takes the parts that a fragment may replace; a cut's index points into it.</param>
    /// <param name="fixed">Takes the parts that stay, so that no fragment brings them again.</param>
    public static List<LayoutCut> Find(
        IReadOnlyList<LayoutTag> tags, IReadOnlyList<SlotPlace> slots, LayoutSource source, ImmutableArray<HeadPart>.Builder replaceable, ImmutableArray<HeadPart>.Builder @fixed)
    {
        var (start, end) = Range(tags, source.Text.Length);
        var cuts = new List<LayoutCut>();
        var map = start;
        var mapIsSettled = false;
        var asleep = 0;
        for (var i = 0; i < tags.Count; i++)
        {
            var tag = tags[i];
            if (tag.Name == "script" && tag.IsStart && tag.Attribute("type")?.Trim().ToLowerInvariant() == "importmap")
            {
                source.Error(tag.Start, "a layout cannot bring an import map: the gateway writes the page's only one; expected a manifest of a service instead");
            }

            // What only some browsers see, or none, is not there for the others.
            asleep = tag.Name is "noscript" or "template" ? Math.Max(0, asleep + (tag.IsStart ? 1 : -1)) : asleep;
            if (asleep > 0 || !tag.IsStart || tag.Start < start || tag.End > end || slots.Any(s => tag.Start >= s.ContentStart && tag.Start < s.ContentEnd))
            {
                continue;
            }

            if (!mapIsSettled && IsEncodingOrViewport(tag))
            {
                map = tag.End;
                continue;
            }

            mapIsSettled = true;
            if (HeadReader.Identify(tag.Name, tag.Attribute) is not var (kind, key))
            {
                if (InlineOf(tags, i, source.Text) is { } inline)
                {
                    @fixed.Add(inline);
                }

                continue;
            }

            if (kind is HeadPartKind.Title or HeadPartKind.Canonical && replaceable.Any(p => p.Kind == kind))
            {
                source.Error(tag.Start, $"a second {(kind == HeadPartKind.Title ? "<title>" : "canonical link")}; expected one, since it says what the page is");
            }

            var close = tag.Name is "title" or "script" ? EndOf(tags, i) : tag.End;
            var part = new HeadPart(kind, key, Encoding.UTF8.GetBytes(source.Text[tag.Start..close]));
            if (part.IsExclusive)
            {
                cuts.Add(new LayoutCut(tag.Start, close, MarkupPieceKind.HeadPart, replaceable.Count));
                replaceable.Add(part);
            }
            else
            {
                @fixed.Add(part);
            }
        }

        cuts.Add(new LayoutCut(map, map, MarkupPieceKind.ImportMap));
        cuts.Add(new LayoutCut(end, end, MarkupPieceKind.HeadEnd));
        return cuts;
    }

    // A document may leave out <head>, </head> or both; then its head is where the parser would put one.
    private static (int Start, int End) Range(IReadOnlyList<LayoutTag> tags, int length)
    {
        var open = tags.FirstOrDefault(t => t is { Name: "head", IsStart: true });
        var start = open?.End ?? tags.FirstOrDefault(t => t is { Name: "html", IsStart: true })?.End ?? tags.FirstOrDefault(t => t.Name == "!doctype")?.End ?? 0;
        var close = tags.FirstOrDefault(t => t is { Name: "head", IsStart: false } && t.Start >= start)?.Start
            ?? tags.FirstOrDefault(t => t is { Name: "body", IsStart: true } && t.Start >= start)?.Start;
        return (start, close ?? Math.Min(start, length));
    }

    // What the layout has in its head word by word, a fragment need not bring again.
    private static HeadPart? InlineOf(IReadOnlyList<LayoutTag> tags, int index, string text)
    {
        var tag = tags[index];
        if (tag.Name is not ("style" or "script") || index + 1 == tags.Count)
        {
            return null;
        }

        var content = text[tag.End..tags[index + 1].Start];
        var html = Encoding.UTF8.GetBytes(text[tag.Start..tags[index + 1].End]);
        return tag.Name == "style" ? new HeadPart(HeadPartKind.Style, HeadReader.StyleKey + content, html)
            : InlineCode.IsCode(tag.Attribute("type")) ? null
            : new HeadPart(HeadPartKind.Data, HeadReader.DataKey(content, tag.Attribute), html);
    }

    private static bool IsEncodingOrViewport(LayoutTag tag) =>
        tag.Name == "meta" && (tag.Attribute("charset") is not null || string.Equals(tag.Attribute("name"), "viewport", StringComparison.OrdinalIgnoreCase));

    private static int EndOf(IReadOnlyList<LayoutTag> tags, int index)
    {
        for (var i = index + 1; i < tags.Count; i++)
        {
            if (!tags[i].IsStart && tags[i].Name == tags[index].Name)
            {
                return tags[i].End;
            }
        }

        return tags[index].End;
    }
}
