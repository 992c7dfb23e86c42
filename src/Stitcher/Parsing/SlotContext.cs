using AngleSharp.Dom;

namespace Stitcher.Parsing;

/// <summary>
/// The elements that are open around a slot, outermost first. What a fragment's bytes mean depends on all of them:
/// a <c>div</c> inside a <c>p</c> closes the <c>p</c>, however deep the slot sits, an <c>li</c> closes an <c>li</c> unless a list
/// lies between them, and a stray end tag closes whatever bears its name. So none is left out.
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

    /// <summary>How many they are.</summary>
    public int Depth => Ancestors.AsSpan().Count(' ') + 1;

    /// <summary>The layout has no doctype, so that a table does not close a paragraph.</summary>
    public bool Quirks { get; }

    /// <summary>
    /// In a template, what rows, cells and blocks mean is decided by the first of them: the names of the elements before and after the
    /// slot, when it is a template's own child. Empty where there is none.
    /// </summary>
    public (string Before, string After) Siblings { get; init; } = ("", "");

    /// <summary>All that tells two places apart in which the same bytes may mean different things.</summary>
    public string Signature => $"{Quirks} {Ancestors} {Siblings.Before}/{Siblings.After}";

    /// <summary>What the scanner makes of <see cref="Ancestors"/>.</summary>
    public FragmentScannerPlace Surroundings { get; }

    /// <summary>A slot in the head, where only head parts are taken.</summary>
    public bool InHead => Ancestors is "html head";

    /// <summary>The innermost of them.</summary>
    public string Innermost => Ancestors[(Ancestors.LastIndexOf(' ') + 1)..];

    public static SlotContext Head { get; } = new("html head", quirks: false);

    public static SlotContext Body { get; } = new("html body", quirks: false);

    /// <param name="ancestors">All open elements, outermost first, in lower case. Where there is no body yet, an element would begin it.</param>
    /// <param name="quirks">Whether the document is in quirks mode.</param>
    public static SlotContext Of(IEnumerable<string> ancestors, bool quirks) =>
        new(string.Join(' ', ancestors) is var names and not ("" or "html") ? names : "html body", quirks);

    /// <summary>The context of a place in a document.</summary>
    public static SlotContext Around(INode place, bool quirks) =>
        Of(DocumentTree.AncestorNames(place), quirks) with { Siblings = DocumentTree.SiblingsInTemplate(place) };

    /// <summary>Whether an element of this name is open around the slot.</summary>
    public bool IsInside(string name) => $" {Ancestors} ".Contains($" {name} ", StringComparison.Ordinal);
}
