using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>Collects what a negotiation has to say; saying a thing twice says it once.</summary>
internal sealed class DiagnosticLog
{
    private readonly HashSet<FederationDiagnostic> _said = [];

    public void Say(string code, string? service = null, string? package = null, string? subject = null) =>
        _said.Add(new FederationDiagnostic(code, service, package, subject));

    public ImmutableArray<FederationDiagnostic> InOrder() => [.. _said.Order(FederationDiagnostic.Order)];
}
