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
        else if (name.Length > LongestName || name.Any(SpecialSigns.IsOne) || Slug(name).Length == 0)
        {
            errors["name"] = $"Write a name of {LongestName} characters or fewer, with a letter from A to Z or a digit in it.";
        }

        if (blurb.Length > LongestBlurb || blurb.Any(SpecialSigns.IsOne))
        {
            errors["blurb"] = $"Write a line of {LongestBlurb} characters or fewer.";
        }

        return errors;
    }

    /// <summary>How addresses name a shelf: <c>Küche &amp; Herd</c> is <c>kuche-herd</c>.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var character in name.ToLowerInvariant())
        {
            var letters = char.IsAsciiLetterOrDigit(character) ? character.ToString() : Plain(character);
            if (letters.Length > 0)
            {
                slug.Append(letters);
            }
            else if (slug.Length > 0 && slug[^1] != '-' && !char.IsLetter(character))
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    // The letters of the shop's languages; a service without the system's tables cannot take them apart itself.
    private static string Plain(char letter) => letter switch
    {
        'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' => "a",
        'ç' => "c",
        'è' or 'é' or 'ê' or 'ë' => "e",
        'ì' or 'í' or 'î' or 'ï' => "i",
        'ñ' => "n",
        'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ø' => "o",
        'ù' or 'ú' or 'û' or 'ü' => "u",
        'ý' or 'ÿ' => "y",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => "",
    };
}
