using System.Globalization;
using System.Text.RegularExpressions;

namespace ProductService.Administration;

/// <summary>What a product's fields may hold. <c>wwwroot/assets/product.js</c> has the same rules in the same words; a test holds them together.</summary>
internal static partial class ProductRules
{
    public const int LongestName = 60;
    public const int LongestTagline = 100;
    public const int LongestDescription = 600;
    public const int LongestMaterial = 80;
    public const int DearestCents = 9_999_999;
    public const int MostPieces = 9_999;

    public const string NameTaken = "There is a product of this name already.";
    public const string NoShelf = "Choose the shelf that it stands on.";

    /// <summary>Reads the fields.</summary>
    /// <param name="input">What was filled in.</param>
    /// <param name="shelves">The slugs of the shelves there are.</param>
    /// <param name="drawings">The drawings there are.</param>
    /// <param name="errors">A sentence for each field that will not do, in the form's order.</param>
    /// <returns>Null when there are errors.</returns>
    public static ProductDraft? Read(
        ProductInput input, IReadOnlyCollection<string> shelves, IReadOnlyCollection<string> drawings, out IReadOnlyDictionary<string, string> errors)
    {
        var found = new Dictionary<string, string>();
        Check(found, "name", Line(input.Name, "a name", LongestName, isRequired: true));
        Check(found, "category", shelves.Contains(input.Category) ? null : NoShelf);
        Check(found, "price", Cents(input.Price, out var cents));
        Check(found, "stock", Pieces(input.Stock, out var pieces));
        Check(found, "tagline", Line(input.Tagline, "a tagline", LongestTagline, isRequired: true));
        Check(found, "description", Lines(input.Description, "a description", LongestDescription));
        Check(found, "maker", Line(input.Maker, "a maker", LongestName, isRequired: true));
        Check(found, "material", Line(input.Material, "a material", LongestMaterial, isRequired: false));
        Check(found, "drawing", drawings.Contains(input.Drawing) ? null : "Choose a drawing.");
        errors = found;
        if (found.Count > 0)
        {
            return null;
        }

        int? before = int.TryParse(input.StockBefore, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new ProductDraft(
            input.Name, input.Category, input.Maker, input.Tagline, input.Description, input.Material, cents, pieces, input.Drawing, before);
    }

    private static void Check(Dictionary<string, string> errors, string field, string? message)
    {
        if (message is not null)
        {
            errors[field] = message;
        }
    }

    private static string? Line(string text, string what, int longest, bool isRequired) =>
        text.Any(SpecialSigns.IsOne) ? $"Write {what} in one line, without special signs." : Length(text, what, longest, isRequired);

    private static string? Lines(string text, string what, int longest) =>
        text.Any(static sign => sign is not ('\n' or '\t') && SpecialSigns.IsOne(sign)) ? $"Write {what} without special signs." : Length(text, what, longest, isRequired: true);

    private static string? Length(string text, string what, int longest, bool isRequired) =>
        !text.Any(SpecialSigns.IsSeen) ? (isRequired ? $"Write {what}." : null)
        : text.Length > longest ? $"Write {what} of {longest} characters or fewer; this is {text.Length}."
        : null;

    private static string? Cents(string text, out int cents)
    {
        cents = 0;
        if (PriceText().Match(text) is not { Success: true } match)
        {
            return "Write a price in euros, such as 24.00.";
        }

        // Seven digits of euros are more than is allowed, and always fit.
        cents = int.Parse(match.Groups["euros"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) * 100;
        cents += match.Groups["cents"].Value switch
        {
            "" => 0,
            { Length: 1 } tenths => int.Parse(tenths, NumberStyles.None, CultureInfo.InvariantCulture) * 10,
            var both => int.Parse(both, NumberStyles.None, CultureInfo.InvariantCulture),
        };
        return cents is < 1 or > DearestCents ? "Write a price from 0.01 to 99999.99 euros." : null;
    }

    private static string? Pieces(string text, out int pieces) =>
        !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pieces) ? "Write how many there are, as a whole number."
        : pieces > MostPieces ? $"Write a number of pieces from 0 to {MostPieces}."
        : null;

    [GeneratedRegex(@"^(?:€ ?)?(?<euros>[0-9]{1,7})(?:[.,](?<cents>[0-9]{1,2}))?(?: ?€)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex PriceText();
}
