using System.Collections.Concurrent;
using Stitcher.Federation.Manifests;

namespace Stitcher.Fragments.Publishing;

/// <summary>What was mapped besides endpoints, kept until the manifest is made of it.</summary>
internal sealed class FragmentCatalog
{
    public ConcurrentQueue<SharedPackage> Packages { get; } = [];

    /// <value>True when people are meant to look at this service's fragments one by one.</value>
    public bool HasGallery { get; set; }
}
