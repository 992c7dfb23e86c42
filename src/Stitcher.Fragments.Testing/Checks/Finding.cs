namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Something that breaks the contract.</summary>
/// <param name="Message">What was found and what was expected, in a sentence without a full stop at its end.</param>
/// <param name="Place">Where in the markup; null when it is not there.</param>
internal sealed record Finding(string Message, SourcePlace? Place = null)
{
    public override string ToString() => Place is null ? Message : $"{Place}: {Message}";

    /// <exception cref="FragmentContractException">There are findings.</exception>
    public static void ThrowIfAny(string subject, IReadOnlyCollection<Finding> findings)
    {
        if (findings.Count > 0)
        {
            throw new FragmentContractException($"{subject} breaks the contract with gateways:\n{string.Join('\n', findings.Select(static finding => $"- {finding}"))}");
        }
    }
}
