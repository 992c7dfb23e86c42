namespace Stitcher.Parsing;

/// <summary>How an element ends without its end tag, and what its end tag ends.</summary>
internal enum FragmentMenderKind : byte
{
    /// <summary>By its own end tag and the fragment's end alone.</summary>
    Rigid,

    /// <summary>An element without rules of its own, such as <c>span</c>.</summary>
    Ordinary,

    Block,
    Paragraph,
    Heading,
    ListItem,
    Definition,
    Cell,
    Row,
    Section,
    Table,
}
