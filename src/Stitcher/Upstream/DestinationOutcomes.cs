using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>
/// What destinations did lately, for fragments and for proxied requests alike. One that fails several times in a row is taken out of the reverse
/// proxy's choice for a while, and the proxy itself takes it back: there is one view of health, and it is the proxy's. Back in the choice it is on
/// probation until it answers: one question at a time goes there, and its first failure puts it out again.
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
    public void Report(in DestinationChoice choice, Verdict verdict)
    {
        var (cluster, destination) = (choice.Cluster, choice.Destination);
        if (verdict == Verdict.Well)
        {
            if (_histories.TryGetValue(destination, out var history))
            {
                Volatile.Write(ref history.Failures, 0);
                TakeBack(choice, history);
            }
        }
        else if (verdict == Verdict.Failed && IsJudgedHere(cluster))
        {
            var history = _histories.GetValue(destination, static _ => new History());
            history.FailedAtRest |= choice.WasOut;
            if (Interlocked.Increment(ref history.Failures) >= Allowed(history) && !IsOut(destination))
            {
                TryEject(cluster, destination, history);
            }
        }

        if (choice.IsTrial && _histories.TryGetValue(destination, out var tried))
        {
            Volatile.Write(ref tried.Trials, 0);
        }
    }

    /// <summary>It rests because it failed.</summary>
    public static bool IsOut(DestinationState destination) => destination.Health.Passive == DestinationHealth.Unhealthy;

    /// <summary>Whether it is in the choice, and the last that was heard of it was an answer.</summary>
    public bool Works(DestinationState destination) =>
        !IsOut(destination) && destination.Health.Active != DestinationHealth.Unhealthy
        && (!_histories.TryGetValue(destination, out var history) || (Volatile.Read(ref history.Failures) == 0 && !history.IsOnProbation));

    /// <summary>It rests, and was not asked in vain since.</summary>
    public bool MayBeBack(DestinationState destination) =>
        IsOut(destination) && destination.Health.Active != DestinationHealth.Unhealthy && _histories.TryGetValue(destination, out var history) && !history.FailedAtRest;

    /// <summary>Its rest is over and it has not answered since.</summary>
    public bool IsOnProbation(DestinationState destination) =>
        _histories.TryGetValue(destination, out var history) && history.IsOnProbation && !IsOut(destination);

    /// <summary>Whether this question is the one that finds out about a destination on probation.</summary>
    public bool TryBeginTrial(DestinationState destination) =>
        _histories.TryGetValue(destination, out var history) && Interlocked.CompareExchange(ref history.Trials, 1, 0) == 0;

    /// <summary>Until when a destination is out; null when it is not.</summary>
    public DateTimeOffset? OutUntil(DestinationState destination) =>
        IsOut(destination) && _histories.TryGetValue(destination, out var history) ? history.OutUntil : null;

    private static bool IsJudgedHere(ClusterState cluster) => cluster.Model.Config.HealthCheck?.Passive is { Enabled: true, Policy: PolicyName };

    // What fails again before it has answered once has not recovered.
    private static int Allowed(History history) => history.IsOnProbation ? 1 : FailuresInARow;

    // An answer to a question that was on its way when the destination was put out tells nothing new.
    private void TakeBack(in DestinationChoice choice, History history)
    {
        if (!IsOut(choice.Destination))
        {
            history.IsOnProbation = false;
        }
        else if (choice.WasOut && IsJudgedHere(choice.Cluster))
        {
            history.IsOnProbation = false;
            updater.SetPassive(choice.Cluster, choice.Destination, DestinationHealth.Healthy, TimeSpan.Zero);
        }
    }

    private void TryEject(ClusterState cluster, DestinationState destination, History history)
    {
        TimeSpan rest;
        int failures;
        lock (_ejecting)
        {
            failures = Volatile.Read(ref history.Failures);
            if (failures < Allowed(history) || IsOut(destination) || !MayLose(cluster))
            {
                return;
            }

            // One that worked for as long as it was last out starts from the beginning.
            var now = time.GetUtcNow();
            history.Times = now - history.OutUntil > history.Rest ? 1 : history.Times + 1;
            rest = FirstRest * history.Times < LongestRest ? FirstRest * history.Times : LongestRest;
            (history.Rest, history.OutUntil) = (rest, now + rest);
            Volatile.Write(ref history.Failures, 0);
            (history.IsOnProbation, history.FailedAtRest) = (true, false);
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
            lost += IsOut(all[i]) ? 1 : 0;
        }

        return lost * 2 <= all.Count;
    }

    private sealed class History
    {
        public int Failures;

        /// <summary>1 while a question finds out whether it answers again.</summary>
        public int Trials;

        private volatile bool _isOnProbation;
        private volatile bool _failedAtRest;

        /// <summary>It was asked while it rested, there being no other, and failed again.</summary>
        public bool FailedAtRest
        {
            get => _failedAtRest;
            set => _failedAtRest = value;
        }

        /// <summary>It was put out and has not answered since.</summary>
        public bool IsOnProbation
        {
            get => _isOnProbation;
            set => _isOnProbation = value;
        }

        public int Times { get; set; }

        public TimeSpan Rest { get; set; }

        public DateTimeOffset OutUntil { get; set; }
    }
}
