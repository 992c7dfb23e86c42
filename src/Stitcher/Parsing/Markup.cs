using System.Collections.Immutable;

namespace Stitcher.Parsing;

/// <summary>HTML, compiled once: a layout and a fragment alike are an ordered list of literals, slots and head parts.</summary>
internal sealed record Markup(ImmutableArray<MarkupPiece> Pieces, ImmutableArray<SlotMarkup> Slots, ImmutableArray<HeadPart> Head)
{
    public static readonly Markup Empty = new([], [], []);

    /// <summary>The bytes of all literals.</summary>
    public int Length { get; } = Pieces.Sum(p => p.Bytes.Length);

    /// <summary>What remembering this costs, in bytes: the literals, the head parts and the objects around them.</summary>
    public long Cost => 512L + Length + Head.Sum(p => p.Html.Length + 128L);
}
