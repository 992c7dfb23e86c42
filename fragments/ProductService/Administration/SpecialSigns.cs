using System.Globalization;

namespace ProductService.Administration;

/// <summary>Characters by which a text is not what it looks like. What joins letters or emoji is none of them.</summary>
internal static class SpecialSigns
{
    /// <summary>Control characters, and those that turn the direction of whatever follows them (Unicode Standard Annex 9, 2.1 to 2.4).</summary>
    public static bool IsOne(char sign) => char.IsControl(sign) || sign is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    /// <summary>Whether it leaves anything on the screen by itself.</summary>
    public static bool IsSeen(char sign) => !char.IsWhiteSpace(sign) && char.GetUnicodeCategory(sign) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);
}
