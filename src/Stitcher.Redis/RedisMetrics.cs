using System.Diagnostics.Metrics;
using Stitcher.Diagnostics;

namespace Stitcher.Redis;

/// <summary>The measurements of what gateways share. The names are a contract with dashboards.</summary>
internal sealed class RedisMetrics
{
    private readonly Counter<long> _finds;
    private readonly Histogram<double> _findDuration;
    private readonly Counter<long> _keeps;
    private readonly Counter<long> _purges;
    private readonly Meter _meter;

    public RedisMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(StitcherMetrics.MeterName);
        _finds = meter.CreateCounter<long>(
            "stitcher.redis.finds", "{fragment}", "Fragments looked for in Redis, by outcome: hit, miss, refused (damaged or not ours), purged, behind, late, failed.");
        _findDuration = meter.CreateHistogram<double>("stitcher.redis.find.duration", "s", "Time that was waited for Redis to find a fragment.");
        _keeps = meter.CreateCounter<long>(
            "stitcher.redis.keeps", "{fragment}", "Fragments for Redis, by outcome: kept, purged, too-large, unfit, dropped (too many waiting, or Redis away), late, failed.");
        _purges = meter.CreateCounter<long>("stitcher.redis.purges", "{purge}", "Purges shared with other gateways, by way: sent, waiting, received, refused, doubted (all that is remembered).");
    }

    public void Found(string outcome, TimeSpan took)
    {
        _finds.Add(1, new KeyValuePair<string, object?>("stitcher.outcome", outcome));
        _findDuration.Record(took.TotalSeconds);
    }

    public void Kept(string outcome) => _keeps.Add(1, new KeyValuePair<string, object?>("stitcher.outcome", outcome));

    public void Purged(string way) => _purges.Add(1, new KeyValuePair<string, object?>("stitcher.way", way));

    // Asked for whenever somebody looks: one that never opened is told as closed.
    public void Watch(RedisCircuit circuit) =>
        _meter.CreateObservableGauge("stitcher.redis.circuit.state", () => circuit.IsOpen ? 2 : 0, null, "The circuit of Redis: 0 closed, 2 open.");
}
