using System.Text.RegularExpressions;

namespace OrderService.Payments;

/// <summary>A field of the payment form: its rule and its sentences, for the server and, through attributes of the field, for the browser.</summary>
/// <param name="Name">The name it is sent by.</param>
/// <param name="Most">The most characters.</param>
/// <param name="Pattern">What a value must look like, in what .NET's and browsers' expressions have in common.</param>
/// <param name="Missing">Said when it is empty.</param>
/// <param name="Wrong">Said when it does not look like that.</param>
internal sealed record PaymentField(string Name, string Label, int Most, string Pattern, string Missing, string Wrong)
{
    private readonly Regex _pattern = new($"^(?:{Pattern})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>For browsers that fill forms in (HTML, 4.10.18.7.1).</summary>
    public required string Autocomplete { get; init; }

    /// <summary>The keyboard that a phone shows.</summary>
    public string Keyboard { get; init; } = "text";

    /// <summary>What stands under the label.</summary>
    public string? Hint { get; init; }

    /// <summary>Of the card: never sent back into the form.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The browser's name for a further rule; null for none.</summary>
    public string? Check { get; init; }

    /// <summary>Said when the further rule is broken.</summary>
    public string? Broken { get; init; }

    /// <summary>Said when a second further rule is broken.</summary>
    public string? Refused { get; init; }

    /// <returns>A sentence, or null.</returns>
    public string? Complaint(string value) =>
        value.Length == 0 ? Missing
        : value.Length > Most ? $"At most {Most} characters, please."
        : _pattern.IsMatch(value) ? null
        : Wrong;
}
