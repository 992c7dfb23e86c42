namespace Stitcher.Parsing;

/// <summary>
/// The elements that are open around a slot, outermost first. What a fragment's bytes mean depends on all of them:
/// a <c>div</c> inside a <c>p</c> closes the <c>p</c>, however deep the slot sits, and an end tag closes any element of its name.
/// </summary>
internal sealed record SlotContext
{
    private SlotContext(string ancestors, bool quirks)
    {
        Ancestors = ancestors;
        Quirks = quirks;
        Surroundings = FragmentScannerPlace.Of(ancestors);
    }

    /// <summary>The open elements, joined by blanks: <c>html body p</c>.</summary>
    public string Ancestors { get; }

    /// <summary>The layout has no doctype, so that a table does not close a paragraph.</summary>
    public bool Quirks { get; }

    /// <summary>What the scanner makes of <see cref="Ancestors"/>.</summary>
    public FragmentScannerPlace Surroundings { get; }

    /// <summary>A slot in the head, where only head parts are taken.</summary>
    public bool InHead => Ancestors is "html head";

    /// <summary>The innermost of them.</summary>
    public string Innermost => Ancestors[(Ancestors.LastIndexOf(' ') + 1)..];

    public static SlotContext Body { get; } = new("html body", quirks: false);

    /// <param name="ancestors">All open elements, outermost first, in lower case.</param>
    /// <param name="quirks">Whether the document is in quirks mode.</param>
    public static SlotContext Of(IEnumerable<string> ancestors, bool quirks) => new(string.Join(' ', ancestors), quirks);
}
