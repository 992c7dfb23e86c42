namespace OrderService.Carts;

/// <summary>Why a form of the cart was refused, and what was typed into it.</summary>
/// <param name="Message">A sentence for the whole form; null for none.</param>
/// <param name="Fields">A sentence for each field that is wrong.</param>
/// <param name="Typed">What was typed into each field.</param>
internal sealed record CartProblems(string? Message, IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, string> Typed)
{
    private static readonly Dictionary<string, string> None = [];

    public static CartProblems Of(string message) => new(message, None, None);
}
