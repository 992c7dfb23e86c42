using Microsoft.Extensions.Diagnostics.HealthChecks;
using Stitcher.Manifests;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>Ready is a gateway with a valid configuration and layouts. Services may be up or down: their slots have their own content.</summary>
internal sealed class ReadyCheck(CatalogState catalog, FederationState federation, Draining draining) : IHealthCheck
{
    public const string Tag = "stitcher-ready";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((catalog.IsLoaded && !draining.HasBegun, catalog.LastRefusal) switch
        {
            (false, _) when draining.HasBegun => HealthCheckResult.Unhealthy("the gateway is about to stop"),
            (false, _) => HealthCheckResult.Unhealthy("no catalog is loaded"),
            (_, { } refusal) => HealthCheckResult.Degraded($"a changed configuration was refused, the last good one is in force: {refusal}"),
            _ when federation.LastRefusal is { } fault => HealthCheckResult.Degraded($"a changed import map was not published, the last good one is in force: {fault}"),
            _ => HealthCheckResult.Healthy($"{catalog.Current.Pages.Length} pages from {catalog.Current.Services.Count} services"),
        });
}
