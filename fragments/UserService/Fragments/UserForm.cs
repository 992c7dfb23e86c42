namespace UserService.Fragments;

/// <summary>What the forms of this service have in common.</summary>
internal static class UserForm
{
    /// <summary>The sentence above a form; null when there is nothing to say.</summary>
    /// <param name="message">What came of it; null when only fields are wrong, or nothing.</param>
    /// <param name="errors">A sentence for each field that is wrong.</param>
    public static string? Sentence(string? message, IReadOnlyDictionary<string, string> errors) => message ?? errors.Count switch
    {
        0 => null,
        1 => "One field needs another look.",
        _ => $"{errors.Count} fields need another look.",
    };
}
