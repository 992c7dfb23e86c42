using System.Collections.Concurrent;
using Stitcher.Chaos.Load;
using Stitcher.Chaos.Processes;

namespace Stitcher.Chaos.Scenarios;

/// <summary>What a scenario has in its hands while it runs.</summary>
/// <param name="Fleet">The processes.</param>
/// <param name="Client">Connections to the gateway.</param>
/// <param name="Redis">The redis-server of the run; null without one.</param>
/// <param name="Stretch">How long the run is against one of 60 s.</param>
internal sealed record ScenarioStage(Fleet Fleet, PageClient Client, RedisServer? Redis, double Stretch)
{
    /// <summary>Figures that a scenario takes by itself, by their names.</summary>
    public ConcurrentDictionary<string, double> Noted { get; } = new(StringComparer.Ordinal);
}
