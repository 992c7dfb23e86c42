using Stitcher.Chaos.Load;
using Stitcher.Chaos.Processes;

namespace Stitcher.Chaos.Scenarios;

/// <summary>A fault, when it comes and goes, and what the pages must be meanwhile.</summary>
/// <param name="Id">Its number in the catalogue of chaos runs; a second run for the same number has a letter behind it.</param>
/// <param name="Name">In words.</param>
internal sealed record Scenario(string Id, string Name)
{
    /// <summary>The pages.</summary>
    public PageMix Mix { get; init; } = PageMix.Usual;

    /// <summary>What is done. Times are seconds of a run of 60 s.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>The second at which all is well again; the fault begins with the first step.</summary>
    public double HealAt { get; init; } = 30;

    /// <summary>The services that something is done to.</summary>
    public IReadOnlyList<string> Touched { get; init; } = [];

    /// <summary>The other statuses that pages may have from the first step on, by kind.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> OtherStatuses { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>The targets.</summary>
    public IReadOnlyList<Promise> Promises { get; init; } = [];

    /// <summary>The service that stands behind a network of its own.</summary>
    public string? Distant { get; init; }

    /// <summary>Whether the gateway has a redis-server.</summary>
    public bool NeedsRedis { get; init; }

    /// <summary>Settings of the gateway, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The run's length when nobody names another.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pages per second when nobody names another number.</summary>
    public double Rate { get; init; } = 200;

    /// <summary>What goes on beside the load for the whole run.</summary>
    public Func<ScenarioStage, CancellationToken, Task>? Beside { get; init; }

    /// <summary>Whether the gateway is let come to rest before the load and behind it, to count what it then still holds open.</summary>
    public bool Rests { get; init; }

    /// <summary>Says why it cannot run here; null when it can.</summary>
    public Func<string?> Obstacle { get; init; } = static () => null;

    /// <summary>The second at which the fault begins.</summary>
    public double FaultAt => Steps.Count == 0 ? 0 : Steps.Min(step => step.At);

    /// <summary>What pages may look like once the fault has begun.</summary>
    public PageExpectation Expectation => new() { Touched = Touched, OtherStatuses = OtherStatuses };
}
