using System.Collections.Immutable;

namespace Stitcher.Fragments;

/// <summary>What was said about one fragment while it was mapped. Complete when the service starts.</summary>
internal sealed class FragmentDefinition(string name)
{
    public string Name { get; } = name;

    public ImmutableArray<FragmentParameter> Parameters { get; set; } = [];

    public string Category { get; set; } = "component";

    public string? Module { get; set; }

    public ImmutableArray<string> Exports { get; set; } = [];

    public string? Element { get; set; }

    public string? Hydrate { get; set; }

    public bool IsOpenToBrowsers { get; set; }

    public string? Description { get; set; }

    public ImmutableArray<string> Styles { get; set; } = [];

    public FragmentCaching Caching { get; set; } = FragmentCaching.None;

    public ImmutableArray<string> Vary { get; set; } = [];

    public ImmutableArray<string> Tags { get; set; } = [];

    public Dictionary<string, string> Samples { get; } = new(StringComparer.OrdinalIgnoreCase);
}
