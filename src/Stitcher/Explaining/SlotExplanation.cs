using System.Collections.Immutable;

namespace Stitcher.Explaining;

/// <summary>A slot's plan for one path, and what came of it.</summary>
internal sealed record SlotExplanation
{
    /// <summary>Its place in the layout from 1; inside a fragment, behind that one's: <c>2.1</c>.</summary>
    public required string Number { get; init; }

    /// <summary><c>service/Fragment</c>.</summary>
    public required string Address { get; init; }

    public required string Role { get; init; }

    /// <summary>The file in which it is written: the layout, or one that the layout includes.</summary>
    public required string File { get; init; }

    public required int Line { get; init; }

    /// <summary>The elements around it, outermost first.</summary>
    public required string Ancestors { get; init; }

    /// <summary>The <c>src</c> as it is written.</summary>
    public required string Source { get; init; }

    /// <summary>Path and query on the service; null when there is nothing to ask for.</summary>
    public string? Target { get; init; }

    public double? TimeoutMs { get; init; }

    /// <summary>What the slot itself asks for, when that was cut to the page's deadline.</summary>
    public double? CutFromMs { get; init; }

    public string? CacheKey { get; init; }

    public string? Trust { get; init; }

    public bool Deferred { get; init; }

    /// <summary>The service's fragments may have slots of their own.</summary>
    public bool MayNest { get; init; }

    /// <summary>It has content to show when the fragment cannot be.</summary>
    public bool HasContent { get; init; }

    /// <summary>The fragment that is tried when this one fails.</summary>
    public SlotExplanation? Fallback { get; init; }

    /// <summary>What came of it; null for a fallback, whose result is its slot's.</summary>
    public ResultExplanation? Result { get; init; }

    /// <summary>The slots inside its fragment.</summary>
    public ImmutableArray<SlotExplanation> Nested { get; init; } = [];
}

/// <summary>What came of a slot.</summary>
/// <param name="Outcome">How it came by what it shows.</param>
/// <param name="Cause">Why it failed; null when it did not.</param>
/// <param name="Detail">What was seen and what was expected.</param>
/// <param name="Shows"><c>fragment</c>, <c>fallback fragment</c>, <c>own content</c> or <c>nothing</c>.</param>
/// <param name="Status">The service's status; null when it gave none.</param>
/// <param name="Bytes">The bytes that stand in the page, without nested fragments.</param>
/// <param name="Ms">Asking and compiling, in milliseconds; 0 when it was remembered.</param>
/// <param name="FreshForMs">How much longer it may be shown again, in milliseconds; null when it may not.</param>
/// <param name="AgeMs">The time since its service made it, in milliseconds; null unless it is stale.</param>
/// <param name="HeadParts">How many parts it offers the head, nested fragments included.</param>
internal sealed record ResultExplanation(
    string Outcome,
    string? Cause,
    string? Detail,
    string Shows,
    int? Status,
    long Bytes,
    double Ms,
    double? FreshForMs,
    double? AgeMs,
    int HeadParts);
