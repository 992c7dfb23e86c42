namespace Stitcher.Federation.Manifests;

/// <summary>A topic a service listens to in the browser.</summary>
public sealed record SubscribedTopic
{
    /// <value>The topic's name.</value>
    public required string Topic { get; init; }

    /// <value>True when the service counts on the last value being kept for it. Default false.</value>
    public bool Retained { get; init; }

    /// <value>The form of the value that the service understands, in its words. Null when it gives none.</value>
    public string? Schema { get; init; }
}
