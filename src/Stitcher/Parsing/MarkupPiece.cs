namespace Stitcher.Parsing;

/// <summary>What stands at one place of compiled HTML.</summary>
internal enum MarkupPieceKind
{
    /// <summary>Bytes as they are.</summary>
    Literal,

    /// <summary>A slot; <see cref="MarkupPiece.Index"/> says which.</summary>
    Slot,

    /// <summary>A head part that a fragment may replace: title, named meta, canonical; <see cref="MarkupPiece.Index"/> says which.</summary>
    HeadPart,

    /// <summary>The <c>html</c> tag, in which the primary's language may stand.</summary>
    HtmlTag,

    /// <summary>The <c>body</c> tag, to which the primary's class words may come.</summary>
    BodyTag,

    /// <summary>Where the import map goes: before anything that can load a module.</summary>
    ImportMap,

    /// <summary>Where the fragments' head parts go: at the end of the head.</summary>
    HeadEnd,

    /// <summary>Where what comes late goes: at the end of the body.</summary>
    BodyEnd,
}

/// <summary>One piece of compiled HTML, in document order.</summary>
internal readonly record struct MarkupPiece(MarkupPieceKind Kind, ReadOnlyMemory<byte> Bytes, int Index = -1);
