using System.Collections.Immutable;
using Stitcher.Federation;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Tool;

/// <summary>Negotiates with a manifest in place of the service's current one, and keeps what was not said before.</summary>
internal static class DeploymentCheck
{
    public static ImmutableArray<FederationDiagnostic> Of(
        Portfolio portfolio, ServiceManifest manifest, string? service, ImmutableArray<ManifestProblem> refused)
    {
        var name = service ?? manifest.Name;
        var current = portfolio.Services.FirstOrDefault(other => other.Name == name && !other.IsRetained);
        var next = new PortfolioService(name, manifest, current?.BaseUrl ?? $"/_s/{name}/")
        {
            IsHost = current?.IsHost ?? false,
            TrustTier = current?.TrustTier ?? 0,
        };
        var after = portfolio with
        {
            Services = [.. portfolio.Services.Where(other => other != current && other.Id != next.Id), next],
        };

        // Revisions come and go with every deployment; what is said of them is compared without.
        var before = Negotiator.Negotiate(portfolio).Diagnostics.Select(WithoutRevision).ToHashSet();
        return
        [
            .. refused.Select(problem => new FederationDiagnostic(problem.Code, next.Id, null, $"{problem.Subject}: {problem.Message}")),
            .. Negotiator.Negotiate(after).Diagnostics.Where(said => !before.Contains(WithoutRevision(said))),
        ];
    }

    private static FederationDiagnostic WithoutRevision(FederationDiagnostic said) =>
        said with { Service = said.Service?.Split('@')[0], Subject = IsOfTopic(said) ? said.Subject : null };

    // What is said of two topics of a service differs in nothing else.
    private static bool IsOfTopic(FederationDiagnostic said) =>
        said.Code is FederationCodes.TopicUnpublished or FederationCodes.TopicSchemasDiffer or FederationCodes.TopicRetentionDiffers;
}
