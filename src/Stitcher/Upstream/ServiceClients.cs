using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stitcher.Upstream;

/// <summary>The clients by service and cluster. They outlive a reload, so that an open circuit stays open.</summary>
internal sealed class ServiceClients(ServiceDestinations destinations, TimeProvider time, ILogger<ServiceClients> logger)
{
    private readonly ConcurrentDictionary<(string Service, string Cluster), ServiceClient> _clients = new();

    public ServiceClient For(string service, string cluster) =>
        _clients.GetOrAdd((service, cluster), key => new ServiceClient(key.Cluster, destinations, ServicePolicies.For(key.Service, time, logger), time));
}
