namespace Stitcher.Parsing;

/// <summary>
/// The open elements that a start tag could close, or that would make it be ignored: around the slot and in the fragment alike.
/// Conservative on purpose: the standard's scopes, which sometimes protect such an element, are not considered.
/// </summary>
[Flags]
internal enum FragmentScannerOpen : uint
{
    None = 0,
    Paragraph = 1 << 0,
    Anchor = 1 << 1,
    Button = 1 << 2,
    Form = 1 << 3,
    Heading = 1 << 4,
    ListItem = 1 << 5,
    Definition = 1 << 6,

    // Formatting elements: the parser's list of them forgets the first of four equal ones, so that none nests in its own kind.
    Bold = 1 << 7,
    Big = 1 << 8,
    Code = 1 << 9,
    Emphasis = 1 << 10,
    Font = 1 << 11,
    Italic = 1 << 12,
    Struck = 1 << 13,
    Small = 1 << 14,
    Strike = 1 << 15,
    Strong = 1 << 16,
    Teletype = 1 << 17,
    Underlined = 1 << 18,
}
