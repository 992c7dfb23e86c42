using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>
/// Which destinations may be asked: those that neither probes nor traffic have found wanting. Traffic takes out half of a cluster at most, and when
/// all are out, all may be tried: one that may be down is better than none, which certainly fails.
/// </summary>
internal sealed class HalfOutAtMost : IAvailableDestinationsPolicy
{
    public const string PolicyName = "StitcherHalfOutAtMost";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        var isProbed = config.HealthCheck?.Active?.Enabled == true;
        var isWatched = config.HealthCheck?.Passive?.Enabled == true;
        var mayRest = allDestinations.Count / 2;
        var available = new List<DestinationState>(allDestinations.Count);
        foreach (var destination in allDestinations)
        {
            if (isProbed && destination.Health.Active == DestinationHealth.Unhealthy)
            {
                continue;
            }

            if (isWatched && destination.Health.Passive == DestinationHealth.Unhealthy && mayRest > 0)
            {
                mayRest--;
                continue;
            }

            available.Add(destination);
        }

        return available.Count > 0 ? available : allDestinations;
    }
}
