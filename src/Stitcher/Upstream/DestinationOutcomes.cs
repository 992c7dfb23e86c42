using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>
/// What destinations did lately, for fragments and for proxied requests alike. One that fails several times in a row is taken out of the reverse
/// proxy's choice for a while, and the proxy itself takes it back: there is one view of health, and it is the proxy's.
/// </summary>
internal sealed class DestinationOutcomes(IDestinationHealthUpdater updater, TimeProvider time, StitcherMetrics metrics, ILogger<DestinationOutcomes> logger)
{
    /// <summary>The name under which the reverse proxy's configuration knows this way of judging.</summary>
    public const string PolicyName = "StitcherConsecutiveFailures";

    private const int FailuresInARow = 5;

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(120);

    private readonly Lock _ejecting = new();
    private readonly ConditionalWeakTable<DestinationState, History> _histories = [];

    /// <summary>Takes note of one outcome.</summary>
    public void Report(ClusterState cluster, DestinationState destination, Verdict verdict)
    {
        if (verdict == Verdict.Well)
        {
            if (_histories.TryGetValue(destination, out var history))
            {
                Volatile.Write(ref history.Failures, 0);
            }
        }
        else if (verdict == Verdict.Failed && cluster.Model.Config.HealthCheck?.Passive is { Enabled: true, Policy: PolicyName })
        {
            var history = _histories.GetValue(destination, static _ => new History());
            if (Interlocked.Increment(ref history.Failures) >= FailuresInARow && destination.Health.Passive != DestinationHealth.Unhealthy)
            {
                TryEject(cluster, destination, history);
            }
        }
    }

    /// <summary>Until when a destination is out; null when it is not.</summary>
    public DateTimeOffset? OutUntil(DestinationState destination) =>
        destination.Health.Passive == DestinationHealth.Unhealthy && _histories.TryGetValue(destination, out var history) ? history.OutUntil : null;

    private void TryEject(ClusterState cluster, DestinationState destination, History history)
    {
        TimeSpan rest;
        int failures;
        lock (_ejecting)
        {
            failures = Volatile.Read(ref history.Failures);
            if (failures < FailuresInARow || destination.Health.Passive == DestinationHealth.Unhealthy || !MayLose(cluster))
            {
                return;
            }

            // One that worked for as long as it was last out starts from the beginning.
            var now = time.GetUtcNow();
            history.Times = now - history.OutUntil > history.Rest ? 1 : history.Times + 1;
            rest = FirstRest * history.Times < LongestRest ? FirstRest * history.Times : LongestRest;
            (history.Rest, history.OutUntil) = (rest, now + rest);
            Volatile.Write(ref history.Failures, 0);
            updater.SetPassive(cluster, destination, DestinationHealth.Unhealthy, rest);
        }

        metrics.DestinationEjected(cluster.ClusterId, destination.DestinationId);
        logger.DestinationEjected(cluster.ClusterId, destination.DestinationId, rest.TotalSeconds, failures);
    }

    // Half of a cluster must carry on: when most of it fails, the cause is seldom the destinations.
    private static bool MayLose(ClusterState cluster)
    {
        var all = cluster.DestinationsState.AllDestinations;
        var lost = 1;
        for (var i = 0; i < all.Count; i++)
        {
            lost += all[i].Health.Passive == DestinationHealth.Unhealthy ? 1 : 0;
        }

        return lost * 2 <= all.Count;
    }

    private sealed class History
    {
        public int Failures;

        public int Times { get; set; }

        public TimeSpan Rest { get; set; }

        public DateTimeOffset OutUntil { get; set; }
    }
}
