using Stitcher.TestKit;

namespace Stitcher.Chaos.Processes;

/// <summary>How the processes of a run are started.</summary>
internal sealed record FleetOptions
{
    private int _taken;

    /// <summary>The first of the ports to take; 0 for any that are free.</summary>
    public int BasePort { get; init; }

    /// <summary>Settings of the gateway, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The pages' deadline.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time of each page's first slot; null for the gateway's default.</summary>
    public string? PrimaryTime { get; init; }

    /// <summary>The service that stands behind a network of its own; null for none.</summary>
    public string? Distant { get; init; }

    /// <summary>Layouts in place of the runner's own, by the page's kind.</summary>
    public IReadOnlyDictionary<string, string> OtherLayouts { get; init; } = new Dictionary<string, string>();

    /// <summary>The next port.</summary>
    public int TakePort() => BasePort == 0 ? FreePort.Take() : BasePort + Interlocked.Increment(ref _taken) - 1;
}
