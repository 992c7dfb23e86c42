using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;

namespace Stitcher.Upstream;

/// <summary>The clients by service, cluster and settings. They outlive a reload that does not change these, so that an open circuit stays open.</summary>
internal sealed class ServiceClients(
    ServiceDestinations destinations, DestinationOutcomes outcomes, TimeProvider time, StitcherMetrics metrics, ILogger<ServiceClients> logger)
{
    private readonly ConcurrentDictionary<(string Service, string Cluster, ResilienceSettings Settings), ServiceClient> _clients = new();

    public ServiceClient For(string service, string cluster, ResilienceSettings settings) =>
        _clients.GetOrAdd((service, cluster, settings), key => Create(key.Service, key.Cluster, key.Settings));

    private ServiceClient Create(string service, string cluster, ResilienceSettings settings)
    {
        var circuit = new ServiceCircuit(service, settings, time, metrics, logger);
        var policies = new ServicePolicies(
            service,
            settings,
            circuit,
            () => destinations.CountAvailable(cluster) > 1,
            failed => destinations.TakesOver(cluster, failed),
            failed => destinations.GoesOn(cluster, failed),
            time,
            metrics);
        return new ServiceClient(service, cluster, destinations, outcomes, policies, time, metrics);
    }
}
