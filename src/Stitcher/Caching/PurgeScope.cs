namespace Stitcher.Caching;

/// <summary>Which fragments a purge means: those to which all that is given applies. With nothing given it means every one.</summary>
internal sealed record PurgeScope
{
    public string? Service { get; init; }

    public string? Fragment { get; init; }

    /// <summary>The canonical path and query on the service.</summary>
    public string? Target { get; init; }

    /// <summary>One of the names in <c>Surrogate-Key</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>The cache key of one entry.</summary>
    public string? Key { get; init; }

    /// <summary>Whose entries.</summary>
    public string? Partition { get; init; }

    public static PurgeScope OfService(string service) => new() { Service = service };

    public static PurgeScope OfFragment(string service, string fragment) => new() { Service = service, Fragment = fragment };

    public static PurgeScope OfTarget(string service, string target) => new() { Service = service, Target = target };

    /// <param name="service">Whose tag; null for the tag of that name of every service.</param>
    /// <param name="tag">The tag.</param>
    public static PurgeScope OfTag(string? service, string tag) => new() { Service = service, Tag = tag };

    public static PurgeScope OfKey(string key) => new() { Key = key };

    public static PurgeScope OfPartition(string partition) => new() { Partition = partition };

    /// <summary>Whether it means this fragment.</summary>
    /// <param name="key">Its cache key.</param>
    /// <param name="labels">What it is.</param>
    /// <param name="tags">Its tags.</param>
    public bool Covers(string key, FragmentLabels labels, string? tags) => MayCover(key, labels) && (Tag is null || HasTag(tags, Tag));

    /// <summary>Whether it means a fragment whose tags are not known yet, or may do so.</summary>
    public bool MayCover(string key, FragmentLabels labels) =>
        (Service is null || Service == labels.Service)
        && (Fragment is null || Fragment == labels.Fragment)
        && (Target is null || Target == labels.Target)
        && (Key is null || Key == key)
        && (Partition is null || Partition == labels.Partition);

    private static bool HasTag(ReadOnlySpan<char> tags, ReadOnlySpan<char> tag)
    {
        foreach (var range in tags.SplitAny(' ', '\t', ','))
        {
            if (tags[range].SequenceEqual(tag))
            {
                return true;
            }
        }

        return false;
    }
}
