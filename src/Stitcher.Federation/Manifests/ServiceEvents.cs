using System.Collections.Immutable;

namespace Stitcher.Federation.Manifests;

/// <summary>The topics a service's browser code speaks and hears.</summary>
public sealed record ServiceEvents
{
    /// <value>Topics it publishes.</value>
    public ImmutableArray<PublishedTopic> Publishes { get; init; } = [];

    /// <value>Topics it listens to.</value>
    public ImmutableArray<SubscribedTopic> Subscribes { get; init; } = [];
}
