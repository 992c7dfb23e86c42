using System.Collections.Immutable;
using System.Text;

namespace Stitcher.Parsing;

/// <summary>
/// The slots inside a fragment whose service may have them. While the fragment is parsed, a comment stands for each; then the
/// markup is cut at those comments, and each slot knows what is open around it, in the fragment and outside.
/// </summary>
internal sealed class NestedSlots
{
    // What stands for a file's name in errors.
    private const string Name = "nested slot";

    private readonly List<SlotPlace> _places;
    private readonly string _text;
    private readonly string _mark = "stitcher-slot-" + Guid.NewGuid().ToString("N") + "-";

    private NestedSlots(string text, List<SlotPlace> places)
    {
        _text = text;
        _places = places;
        var skeleton = new StringBuilder();
        var at = 0;
        for (var i = 0; i < places.Count; i++)
        {
            skeleton.Append(text, at, places[i].Start - at).Append(CommentFor(i));
            at = places[i].End;
        }

        Skeleton = skeleton.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The fragment with a comment in place of each slot.</summary>
    public string Skeleton { get; }

    /// <returns>Null when the fragment has no slots.</returns>
    /// <exception cref="ParseRefusedException">A slot is malformed, or wants what only a layout's may.</exception>
    public static NestedSlots? Find(string text, ParseBudget budget)
    {
        if (!text.Contains("<fragment", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var errors = new List<string>();
        var places = SlotPlaces.Find(TagReader.Read(text, budget), new LayoutSource(LayoutText.Of(new LayoutOrigin(Name, text)), errors));
        if (places.Any(p => p.Attributes.Role != SlotRole.Optional || p.Attributes.IsDeferred))
        {
            errors.Add("nested slot: a slot inside a fragment cannot be primary, required or deferred");
        }

        return errors.Count > 0 ? throw new ParseRefusedException(errors[0]) : places.Count == 0 ? null : new NestedSlots(text, places);
    }

    /// <param name="markup">The compiled skeleton.</param>
    /// <param name="context">Where the fragment itself stands.</param>
    /// <param name="compile">Compiles a slot's own content for its place: it comes from the service and is trusted no further than the rest.</param>
    /// <returns>The markup, cut at its slots. A slot that the parse has lost is gone.</returns>
    public Markup Cut(Markup markup, SlotContext context, Func<string, SlotContext, ReadOnlyMemory<byte>> compile)
    {
        if (markup.Pieces is not [{ Kind: MarkupPieceKind.Literal } piece])
        {
            return markup;
        }

        var rest = piece.Bytes;
        var html = Encoding.UTF8.GetString(rest.Span);
        var pieces = ImmutableArray.CreateBuilder<MarkupPiece>();
        var slots = ImmutableArray.CreateBuilder<SlotMarkup>();
        for (var i = 0; i < _places.Count; i++)
        {
            var comment = Encoding.UTF8.GetBytes(CommentFor(i));
            var at = rest.Span.IndexOf(comment);
            if (at < 0)
            {
                continue;
            }

            var place = _places[i];
            var around = ContainmentProbe.For(context).ContextAt(html, _mark + i);
            var content = compile(_text[place.ContentStart..place.ContentEnd], around);
            pieces.Add(new MarkupPiece(MarkupPieceKind.Literal, rest[..at]));
            pieces.Add(new MarkupPiece(MarkupPieceKind.Slot, default, slots.Count));
            slots.Add(place.Attributes.ToSlot(content, around, Name, 1));
            rest = rest[(at + comment.Length)..];
        }

        pieces.Add(new MarkupPiece(MarkupPieceKind.Literal, rest));
        return new Markup(pieces.ToImmutable(), slots.ToImmutable(), markup.Head);
    }

    private string CommentFor(int index) => $"<!--{_mark}{index}-->";
}
