namespace Stitcher.Federation.Manifests;

/// <summary>A topic a service publishes in the browser.</summary>
public sealed record PublishedTopic
{
    /// <value>The topic's name.</value>
    public required string Topic { get; init; }

    /// <value>True when the last value is kept for those who listen later. Default false.</value>
    public bool Retained { get; init; }

    /// <value>A description of the value's form, in the service's words. Null when it gives none.</value>
    public string? Schema { get; init; }
}
