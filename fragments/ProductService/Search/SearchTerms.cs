using System.Globalization;
using System.Text;

namespace ProductService.Search;

/// <summary>Makes an expression for the full-text index of what people type, which may hold anything.</summary>
internal static class SearchTerms
{
    /// <summary>The longest text that is looked for, in characters.</summary>
    public const int Longest = 100;

    // Each word is a look-up in the index; nobody types more of them to find a mug.
    private const int MostWords = 8;

    /// <summary>
    /// The words as strings of the index's own language, each of which may go on: only letters and digits are taken over, so no sign of that
    /// language ever reaches it.
    /// </summary>
    /// <returns>Null for a blank text, which looks for nothing in particular. A text without a word in it is an expression that nothing fits.</returns>
    public static string? ToExpression(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var words = Words(text).Take(MostWords).Select(word => $"\"{word}\"*").ToArray();
        return words.Length == 0 ? "\"\"" : string.Join(' ', words);
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        var hasLetter = false;
        foreach (var rune in text.Length > Longest ? text[..Longest].EnumerateRunes() : text.EnumerateRunes())
        {
            var isLetter = Rune.IsLetterOrDigit(rune);
            if (isLetter || (hasLetter && IsMark(rune)))
            {
                word.Append(rune);
                hasLetter = true;
                continue;
            }

            if (hasLetter)
            {
                yield return word.ToString();
                word.Clear();
                hasLetter = false;
            }
        }

        if (hasLetter)
        {
            yield return word.ToString();
        }
    }

    // An accent that was typed as a character of its own belongs to the letter before it.
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
