namespace Stitcher.Federation.Negotiation;

/// <summary>One thing a negotiation has to say.</summary>
/// <param name="Code">One of <see cref="FederationCodes"/>.</param>
/// <param name="Service">The service's name and revision; null when it concerns a package as a whole.</param>
/// <param name="Package">The package, by the smallest name of its unit; null when it concerns a service as a whole.</param>
/// <param name="Subject">What exactly, for example <c>19.0.0 vs ^18.0.0</c>; null when code and names say it all.</param>
public sealed record FederationDiagnostic(string Code, string? Service, string? Package, string? Subject)
{
    /// <value>How much it matters.</value>
    public DiagnosticLevel Level => FederationCodes.LevelOf(Code);

    /// <value>What happened and what to do about it, in a sentence or two.</value>
    public string Message => DiagnosticText.Of(this);

    internal static IComparer<FederationDiagnostic> Order { get; } = Comparer<FederationDiagnostic>.Create(static (left, right) =>
        Compare(left.Code, right.Code) is var code and not 0 ? code
        : Compare(left.Package, right.Package) is var package and not 0 ? package
        : Compare(left.Service, right.Service) is var service and not 0 ? service
        : Compare(left.Subject, right.Subject));

    private static int Compare(string? left, string? right) => string.CompareOrdinal(left ?? "", right ?? "");
}
