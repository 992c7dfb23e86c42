namespace Stitcher.Parsing;

/// <summary>Compiled markup, or why the bytes were refused.</summary>
internal readonly record struct MarkupResult(Markup? Markup, string? Refusal)
{
    public static MarkupResult Of(Markup markup) => new(markup, null);

    public static MarkupResult Refused(string reason) => new(null, reason);
}
