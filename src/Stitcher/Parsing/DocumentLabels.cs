using AngleSharp.Dom;

namespace Stitcher.Parsing;

/// <summary>What a whole document says of itself on its <c>html</c> and <c>body</c> tags, for the page to take over.</summary>
/// <param name="Language">Its language; null when it names none.</param>
/// <param name="Classes">The class words of its body, separated by blanks; null when it has none.</param>
internal sealed record DocumentLabels(string? Language, string? Classes)
{
    // What RFC 5646, section 4.4.1, asks everybody to have room for.
    private const int LongestLanguage = 35;

    /// <returns>Null when it says nothing.</returns>
    public static DocumentLabels? Of(IDocument document)
    {
        var language = document.DocumentElement.GetAttribute("lang");
        var classes = document.Body?.GetAttribute("class");
        var labels = new DocumentLabels(IsLanguage(language) ? language : null, string.IsNullOrWhiteSpace(classes) ? null : classes);
        return labels is { Language: null, Classes: null } ? null : labels;
    }

    private static bool IsLanguage(string? language) =>
        language is { Length: > 0 and <= LongestLanguage } && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
