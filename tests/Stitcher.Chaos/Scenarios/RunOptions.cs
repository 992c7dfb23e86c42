namespace Stitcher.Chaos.Scenarios;

/// <summary>How a scenario is run.</summary>
internal sealed record RunOptions
{
    /// <summary>The length; null for the scenario's own.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Pages per second; null for the scenario's own.</summary>
    public double? Rate { get; init; }

    /// <summary>The first of the ports to take; 0 for any that are free.</summary>
    public int BasePort { get; init; }

    /// <summary>The pages' deadline.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time of each page's first slot; null for the gateway's default.</summary>
    public string? PrimaryTime { get; init; }

    /// <summary>Settings of the gateway, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a slot of a service that nothing is done to must show its fragment, and pages must be in time. Not on a machine that does other things, too.</summary>
    public bool DemandsTime { get; init; } = true;

    /// <summary>The layout of a kind of page instead of the runner's own: to prove that the runner sees a page that lacks something.</summary>
    public IReadOnlyDictionary<string, string> OtherLayouts { get; init; } = new Dictionary<string, string>();

    /// <summary>Takes each thing that is done.</summary>
    public Action<string> Tell { get; init; } = static _ => { };
}
