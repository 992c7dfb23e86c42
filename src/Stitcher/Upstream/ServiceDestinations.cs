using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>
/// Where a service can be reached now. The reverse proxy alone knows: clusters, destinations, health and the choice among them are its own.
/// </summary>
internal sealed class ServiceDestinations(IProxyStateLookup clusters, IEnumerable<ILoadBalancingPolicy> policies, DestinationOutcomes outcomes)
{
    // The proxy's own default when a cluster names no policy.
    private const string DefaultPolicy = "PowerOfTwoChoices";

    // The policies' signature asks for a context. The real one may not be touched by several slots at once,
    // and the built-in policies never look at it.
    private static readonly HttpContext NoContext = new DefaultHttpContext();

    private readonly FrozenDictionary<string, ILoadBalancingPolicy> _policies =
        policies.ToFrozenDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A destination as operators know it.</summary>
    /// <param name="Name">Its key.</param>
    /// <param name="Address">Its address.</param>
    /// <param name="IsAvailable">It may be asked.</param>
    /// <param name="OutUntil">It failed too often in a row and rests until then. One that is available all the same stands in for want of a better one.</param>
    public readonly record struct Known(string Name, string Address, bool IsAvailable, DateTimeOffset? OutUntil);

    /// <summary>All destinations of a cluster, by name.</summary>
    public IEnumerable<Known> All(string clusterId) => clusters.TryGetCluster(clusterId, out var state)
        ? state.DestinationsState.AllDestinations
            .OrderBy(d => d.DestinationId, StringComparer.Ordinal)
            .Select(d => new Known(d.DestinationId, d.Model.Config.Address, state.DestinationsState.AvailableDestinations.Contains(d), outcomes.OutUntil(d)))
        : [];

    /// <summary>How many destinations of a cluster may be asked.</summary>
    public int CountAvailable(string clusterId) =>
        clusters.TryGetCluster(clusterId, out var state) ? state.DestinationsState.AvailableDestinations.Count : 0;

    /// <inheritdoc cref="TryChoose"/>
    public bool TryPick(string clusterId, DestinationState? not, out ClusterModel cluster, out DestinationState destination)
    {
        var found = TryChoose(clusterId, not, out var state, out destination);
        cluster = found ? state.Model : null!;
        return found;
    }

    /// <summary>Picks a destination; <paramref name="not"/> is avoided while there is another one.</summary>
    public bool TryChoose(string clusterId, DestinationState? not, out ClusterState cluster, out DestinationState destination)
    {
        destination = null!;
        if (!clusters.TryGetCluster(clusterId, out cluster!))
        {
            return false;
        }

        var available = cluster.DestinationsState.AvailableDestinations;
        if (not is not null && available.Count > 1)
        {
            available = Without(available, not);
        }

        var picked = available.Count switch
        {
            0 => null,
            1 => available[0],
            _ => _policies.GetValueOrDefault(cluster.Model.Config.LoadBalancingPolicy ?? DefaultPolicy)?.PickDestination(NoContext, cluster, available) ?? available[0],
        };
        destination = picked!;
        return picked is not null;
    }

    private static List<DestinationState> Without(IReadOnlyList<DestinationState> available, DestinationState not)
    {
        var others = new List<DestinationState>(available.Count);
        for (var i = 0; i < available.Count; i++)
        {
            if (available[i] != not)
            {
                others.Add(available[i]);
            }
        }

        return others;
    }
}
