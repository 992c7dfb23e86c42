using System.Collections.Immutable;

namespace Stitcher.Explaining;

/// <summary>A page's plan for one path, and what came of composing it once.</summary>
/// <param name="Path">The path and query that were asked about.</param>
/// <param name="Page">The page that routing picks for it.</param>
/// <param name="Answer">What a visitor would get.</param>
/// <param name="Warnings">What somebody should look at, worst first.</param>
/// <param name="Slots">The layout's slots in document order.</param>
/// <param name="Head">Every head part that was offered, and what became of it.</param>
/// <param name="ImportMap">Every entry of the import map, and whose it is.</param>
internal sealed record PageExplanation(
    string Path,
    PageFacts Page,
    AnswerFacts Answer,
    ImmutableArray<Warning> Warnings,
    ImmutableArray<SlotExplanation> Slots,
    ImmutableArray<HeadExplanation> Head,
    ImmutableArray<ImportMapEntry> ImportMap);

/// <summary>What is decided about a page ahead of requests. Times in milliseconds.</summary>
internal sealed record PageFacts(
    string Name,
    string Route,
    string Layout,
    string Delivery,
    double DeadlineMs,
    double LongestSlotMs,
    bool Personal,
    ImmutableArray<ValueFacts> Values);

/// <summary>A value that slots take from a request.</summary>
/// <param name="Place">As it stands in a slot's <c>src</c>.</param>
/// <param name="From">Where it comes from.</param>
/// <param name="Value">What it is for this path; null when there is none.</param>
internal sealed record ValueFacts(string Place, string From, string? Value);

/// <summary>What a visitor without cookies would get. Bytes are uncompressed; times in milliseconds.</summary>
internal sealed record AnswerFacts(
    int Status,
    string? Location,
    bool Composed,
    bool Whole,
    long? Bytes,
    double StatusKnownMs,
    double CompleteMs,
    ImmutableArray<HeaderFacts> Headers);

/// <summary>A response header.</summary>
internal sealed record HeaderFacts(string Name, string Value);

/// <summary>Something that somebody should look at.</summary>
/// <param name="Code">Names the kind, for machines.</param>
/// <param name="Message">Says what, where and what to do.</param>
internal sealed record Warning(string Code, string Message);

/// <summary>What became of one head part.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Html">The part as it was brought.</param>
/// <param name="From">Who brought it.</param>
/// <param name="Verdict"><c>written</c>, or why it is not.</param>
/// <param name="Why">The rule, in a sentence.</param>
internal sealed record HeadExplanation(string Kind, string Html, string From, string Verdict, string Why);

/// <summary>One entry of the page's import map. Null where no manifest says so any more.</summary>
internal sealed record ImportMapEntry(string? Scope, string Specifier, string Address, string? Service, string? Revision, string Why);
