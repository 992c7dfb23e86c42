using System.Globalization;

namespace OrderService.Carts;

/// <summary>Why a form of the cart was refused, and what was typed into it.</summary>
/// <param name="Message">A sentence for the whole form; null for none.</param>
/// <param name="Fields">A sentence for each field that is wrong.</param>
/// <param name="Typed">What was typed into each field.</param>
internal sealed record CartProblems(string? Message, IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, string> Typed)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Above numbers of pieces that will not do.</summary>
    public const string Pieces = "Nothing was changed: look at the pieces below.";

    public static CartProblems Of(string message) => new(message, None, None);

    public static CartProblems Of(IReadOnlyDictionary<int, int> quantities, IReadOnlyDictionary<string, string> fields) => new(
        Pieces, fields, quantities.ToDictionary(static pair => CartForm.QuantityField(pair.Key), static pair => pair.Value.ToString(CultureInfo.InvariantCulture)));
}
