using System.Globalization;
using System.Text;

namespace ProductService.Administration;

/// <summary>What a shelf's fields may hold.</summary>
internal static class CategoryRules
{
    public const int LongestName = 40;
    public const int LongestBlurb = 100;

    public const string NameTaken = "There is a shelf of this name already.";

    /// <summary>A sentence for each field that will not do.</summary>
    public static IReadOnlyDictionary<string, string> Check(string name, string blurb)
    {
        var errors = new Dictionary<string, string>();
        if (name.Length == 0)
        {
            errors["name"] = "Write a name.";
        }
        else if (name.Length > LongestName || name.Any(char.IsControl) || Slug(name).Length == 0)
        {
            errors["name"] = $"Write a name of {LongestName} characters or fewer, with a letter from A to Z or a digit in it.";
        }

        if (blurb.Length > LongestBlurb || blurb.Any(char.IsControl))
        {
            errors["blurb"] = $"Write a line of {LongestBlurb} characters or fewer.";
        }

        return errors;
    }

    /// <summary>How addresses name a shelf: <c>Küche &amp; Herd</c> is <c>kuche-herd</c>.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var character in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(character);
            }
            else if (slug.Length > 0 && slug[^1] != '-' && char.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark)
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }
}
