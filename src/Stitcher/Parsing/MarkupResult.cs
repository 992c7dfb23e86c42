namespace Stitcher.Parsing;

/// <summary>Compiled markup, or why the bytes were refused.</summary>
/// <param name="Markup">What is shown; null when refused.</param>
/// <param name="Refusal">Why not; null when it is shown.</param>
/// <param name="Lasts">Whether the same bytes would give the same answer again. A parse that took too long may have met a busy or cold machine.</param>
internal readonly record struct MarkupResult(Markup? Markup, string? Refusal, bool Lasts)
{
    public static MarkupResult Of(Markup markup) => new(markup, null, Lasts: true);

    public static MarkupResult Refused(string reason, bool lasts = true) => new(null, reason, lasts);
}
