using Yarp.ReverseProxy.Configuration;

namespace Stitcher.Upstream;

/// <summary>Gives every cluster the gateway's view of health, except where its configuration has one of its own.</summary>
internal sealed class ClusterHealth : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var health = cluster.HealthCheck ?? new HealthCheckConfig();
        var passive = health.Passive is { } own && (own.Enabled is not null || own.Policy is not null)
            ? own
            : new PassiveHealthCheckConfig { Enabled = true, Policy = DestinationOutcomes.PolicyName, ReactivationPeriod = health.Passive?.ReactivationPeriod };
        return new(cluster with
        {
            HealthCheck = health with { Passive = passive, AvailableDestinationsPolicy = health.AvailableDestinationsPolicy ?? HalfOutAtMost.PolicyName },
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
