using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>
/// Where a service can be reached now. The reverse proxy alone knows: clusters, destinations, health and the choice among them are its own.
/// </summary>
internal sealed class ServiceDestinations(IProxyStateLookup clusters, IEnumerable<ILoadBalancingPolicy> policies)
{
    // The proxy's own default when a cluster names no policy.
    private const string DefaultPolicy = "PowerOfTwoChoices";

    // The policies' signature asks for a context. The real one may not be touched by several slots at once,
    // and the built-in policies never look at it.
    private static readonly HttpContext NoContext = new DefaultHttpContext();

    private readonly FrozenDictionary<string, ILoadBalancingPolicy> _policies =
        policies.ToFrozenDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A destination as operators know it.</summary>
    public readonly record struct Known(string Name, string Address, bool IsAvailable);

    /// <summary>All destinations of a cluster, by name.</summary>
    public IEnumerable<Known> All(string clusterId) => clusters.TryGetCluster(clusterId, out var state)
        ? state.DestinationsState.AllDestinations
            .OrderBy(d => d.DestinationId, StringComparer.Ordinal)
            .Select(d => new Known(d.DestinationId, d.Model.Config.Address, state.DestinationsState.AvailableDestinations.Contains(d)))
        : [];

    /// <summary>Picks a destination; <paramref name="not"/> is avoided while there is another one.</summary>
    public bool TryPick(string clusterId, DestinationState? not, out ClusterModel cluster, out DestinationState destination)
    {
        cluster = null!;
        destination = null!;
        if (!clusters.TryGetCluster(clusterId, out var state))
        {
            return false;
        }

        cluster = state.Model;
        var available = state.DestinationsState.AvailableDestinations;
        if (available.Count > 1 && not is not null)
        {
            available = [.. available.Where(d => d != not)];
        }

        var picked = available.Count switch
        {
            0 => null,
            1 => available[0],
            _ => _policies.GetValueOrDefault(cluster.Config.LoadBalancingPolicy ?? DefaultPolicy)?.PickDestination(NoContext, state, available) ?? available[0],
        };
        destination = picked!;
        return picked is not null;
    }
}
