using Microsoft.Extensions.Diagnostics.HealthChecks;
using Stitcher.Manifests;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>
/// Ready is a gateway with a valid configuration and layouts that has looked once at every service's manifest: before, its pages would show none
/// of their fragments. Services may be up or down: their slots have their own content.
/// </summary>
internal sealed class ReadyCheck(CatalogState catalog, FederationState federation, Draining draining) : IHealthCheck
{
    public const string Tag = "stitcher-ready";

    // A service that comes with a change of the settings takes no readiness away.
    private bool _hasLooked;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(catalog.LastRefusal switch
        {
            _ when draining.HasBegun => HealthCheckResult.Unhealthy("the gateway is about to stop"),
            _ when !catalog.IsLoaded => HealthCheckResult.Unhealthy("no catalog is loaded"),
            _ when Awaited() is { Count: > 0 } awaited => HealthCheckResult.Unhealthy($"the first look at the manifests of {string.Join(", ", awaited)} is under way"),
            { } refusal => HealthCheckResult.Degraded($"a changed configuration was refused, the last good one is in force: {refusal}"),
            _ when federation.LastRefusal is { } fault => HealthCheckResult.Degraded($"a changed import map was not published, the last good one is in force: {fault}"),
            _ => HealthCheckResult.Healthy($"{catalog.Current.Pages.Length} pages from {catalog.Current.Services.Count} services"),
        });

    private IReadOnlyList<string> Awaited()
    {
        var awaited = Volatile.Read(ref _hasLooked) ? [] : federation.Awaited;
        Volatile.Write(ref _hasLooked, awaited.Count == 0);
        return awaited;
    }
}
