using System.Collections.Concurrent;
using Stitcher.Federation.Manifests;
using Stitcher.Fragments.Packages;

namespace Stitcher.Fragments.Publishing;

/// <summary>What was mapped besides endpoints, kept until the manifest is made of it.</summary>
internal sealed class FragmentCatalog
{
    public ConcurrentQueue<SharedPackage> Packages { get; } = [];

    /// <value>Packages whose files npm installed.</value>
    public ConcurrentQueue<NpmShare> NpmPackages { get; } = [];

    /// <value>Modules without a fragment.</value>
    public ConcurrentQueue<ExposedModule> Modules { get; } = [];

    /// <value>Private specifiers and their files.</value>
    public ConcurrentDictionary<string, string> Internal { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<ConsumedService> Consumed { get; } = [];

    public ConcurrentQueue<PublishedTopic> Published { get; } = [];

    public ConcurrentQueue<SubscribedTopic> Subscribed { get; } = [];

    /// <value>True when people are meant to look at this service's fragments one by one.</value>
    public bool HasGallery { get; set; }
}
