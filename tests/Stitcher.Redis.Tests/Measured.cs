using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.TestKit;

namespace Stitcher.Redis.Tests;

/// <summary>What one gateway measured since the test began to look.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<double> _finds = new();

    public Measured(GatewayUnderTest gateway)
    {
        var scope = gateway.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == scope && instrument.Name.StartsWith("stitcher.redis.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _counts.AddOrUpdate($"{instrument.Name}/{(tags.Length > 0 ? tags[0].Value : "")}", value, (_, before) => before + value));
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => _finds.Enqueue(value));
        _listener.Start();
    }

    /// <summary>The seconds that were waited for each look into Redis.</summary>
    public IReadOnlyCollection<double> Finds => _finds;

    public long Found(string outcome) => _counts.GetValueOrDefault("stitcher.redis.finds/" + outcome);

    public long Kept(string outcome) => _counts.GetValueOrDefault("stitcher.redis.keeps/" + outcome);

    public long Purges(string way) => _counts.GetValueOrDefault("stitcher.redis.purges/" + way);

    public void Dispose() => _listener.Dispose();
}
