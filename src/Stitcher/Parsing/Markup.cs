using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Stitcher.Parsing;

/// <summary>HTML, compiled once: a layout and a fragment alike are an ordered list of literals, slots and head parts.</summary>
internal sealed record Markup(ImmutableArray<MarkupPiece> Pieces, ImmutableArray<SlotMarkup> Slots, ImmutableArray<HeadPart> Head)
{
    public static readonly Markup Empty = new([], [], []);

    // In a box, for a number of 128 bits is not written in one step.
    private StrongBox<UInt128>? _hash;

    /// <summary>Scripts and styles that stand in the text itself, for the page's Content-Security-Policy.</summary>
    public ImmutableArray<InlineCode> Inline { get; init; } = [];

    /// <summary>A layout's <c>html</c> tag, when it writes one.</summary>
    public LayoutTag? HtmlTag { get; init; }

    /// <summary>A layout's <c>body</c> tag, when it writes one.</summary>
    public LayoutTag? BodyTag { get; init; }

    /// <summary>What a fragment's document says of itself; null when it is no document, or says nothing.</summary>
    public DocumentLabels? Labels { get; init; }

    /// <summary>Tells this markup from any other, for entity tags. Computed when first asked for.</summary>
    public UInt128 Hash => (_hash ??= new(ContentHash.Of(Pieces.Select(static piece => (piece.Bytes, (int)piece.Kind))))).Value;

    /// <summary>The bytes of all literals.</summary>
    public int Length { get; } = Pieces.Sum(p => p.Bytes.Length);

    /// <summary>What remembering this costs, in bytes: the literals, the head parts and the objects around them.</summary>
    public long Cost => 512L + Length + Head.Sum(p => p.Html.Length + 128L);
}
