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

    /// <summary>Whether a destination that works could be asked in place of this one.</summary>
    public bool WorksWithout(string clusterId, DestinationState? not)
    {
        if (!clusters.TryGetCluster(clusterId, out var cluster))
        {
            return false;
        }

        var available = cluster.DestinationsState.AvailableDestinations;
        for (var i = 0; i < available.Count; i++)
        {
            if (available[i] != not && outcomes.Works(available[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one that works can take over the questions of this one; with none left, one that may be back from a rest.</summary>
    public bool TakesOver(string clusterId, DestinationState failed) =>
        clusters.TryGetCluster(clusterId, out var cluster)
        && Others(cluster, cluster.DestinationsState.AvailableDestinations, failed).Any(other => other != failed && (outcomes.Works(other) || outcomes.MayBeBack(other)));

    /// <summary>Whether a question that this destination failed would go to another one, be it one that rests.</summary>
    public bool GoesOn(string clusterId, DestinationState failed) =>
        clusters.TryGetCluster(clusterId, out var cluster)
        && Others(cluster, cluster.DestinationsState.AvailableDestinations, failed) is { Count: > 0 } others && !others.Contains(failed);

    /// <summary>Picks a destination for something that nobody's health depends on; <paramref name="not"/> is avoided while there is another one.</summary>
    public bool TryPick(string clusterId, DestinationState? not, out ClusterModel cluster, out DestinationState destination)
    {
        (cluster, destination) = (null!, null!);
        if (!clusters.TryGetCluster(clusterId, out var state))
        {
            return false;
        }

        var available = state.DestinationsState.AvailableDestinations;
        if (Pick(state, not is null ? available : Others(state, available, not)) is not { } picked)
        {
            return false;
        }

        (cluster, destination) = (state.Model, picked);
        return true;
    }

    /// <summary>Chooses where a question goes; <paramref name="not"/> is avoided while there is another one, be it one that rests.</summary>
    public bool TryChoose(string clusterId, DestinationState? not, out DestinationChoice choice)
    {
        choice = default;
        if (!clusters.TryGetCluster(clusterId, out var cluster))
        {
            return false;
        }

        var available = cluster.DestinationsState.AvailableDestinations;
        if (not is not null)
        {
            available = Others(cluster, available, not);
        }

        if (Pick(cluster, available) is not { } picked)
        {
            return false;
        }

        var isTrial = false;
        if (outcomes.IsOnProbation(picked) && !(isTrial = outcomes.TryBeginTrial(picked)))
        {
            // Somebody finds out already. Those who do not have to, do not wait for the same.
            picked = Pick(cluster, Where(available, other => !outcomes.IsOnProbation(other))) ?? picked;
        }

        // One that was put out a moment ago may still be in the proxy's choice; to be asked by mistake is no chance to come back.
        var wasOut = DestinationOutcomes.IsOut(picked) && !cluster.DestinationsState.AvailableDestinations.Contains(picked);
        choice = new(cluster, picked, wasOut, isTrial);
        return true;
    }

    private DestinationState? Pick(ClusterState cluster, IReadOnlyList<DestinationState> available) => available.Count switch
    {
        0 => null,
        1 => available[0],
        _ => _policies.GetValueOrDefault(cluster.Model.Config.LoadBalancingPolicy ?? DefaultPolicy)?.PickDestination(NoContext, cluster, available) ?? available[0],
    };

    // One that rests may be back, and the one that has just failed most likely is not. Who is back comes into the proxy's choice a moment later.
    private static IReadOnlyList<DestinationState> Others(ClusterState cluster, IReadOnlyList<DestinationState> available, DestinationState not)
    {
        var others = Where(available, other => other != not);
        if (others.Count == 0 && cluster.Model.Config.HealthCheck?.AvailableDestinationsPolicy == HalfOutAtMost.PolicyName)
        {
            others = Where(
                cluster.DestinationsState.AllDestinations,
                other => other != not && other.Health.Active != DestinationHealth.Unhealthy);
        }

        return others.Count > 0 ? others : available;
    }

    private static List<DestinationState> Where(IReadOnlyList<DestinationState> destinations, Func<DestinationState, bool> chosen) => [.. destinations.Where(chosen)];
}
