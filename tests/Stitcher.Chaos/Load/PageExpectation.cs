using Stitcher.Chaos.Services;

namespace Stitcher.Chaos.Load;

/// <summary>What a page may look like, given what was done to the services.</summary>
internal sealed record PageExpectation
{
    /// <summary>Nothing was done to any service.</summary>
    public static PageExpectation AllWell { get; } = new();

    /// <summary>The services that something was done to: their slots may show something else.</summary>
    public IReadOnlyList<string> Touched { get; init; } = [];

    /// <summary>Statuses besides 200, by the page's kind.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> OtherStatuses { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>Whether a slot of an untouched service must show its fragment. Not on a machine so slow that an untouched service may come too late.</summary>
    public bool DemandsFragments { get; init; } = true;

    /// <summary>Whether a page with this status may come.</summary>
    public bool Allows(string kind, int status) => status == 200 || (OtherStatuses.TryGetValue(kind, out var others) && others.Contains(status));

    /// <summary>Whether the slot of this service must show its fragment.</summary>
    public bool DemandsSlot(int service) => DemandsFragments && !Touched.Contains(ServiceNames.All[service]);
}
