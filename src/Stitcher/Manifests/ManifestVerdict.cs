namespace Stitcher.Manifests;

/// <summary>What became of a manifest that was seen or pushed.</summary>
internal enum ManifestVerdict
{
    /// <summary>Nothing of it can be used.</summary>
    Unreadable,

    /// <summary>The service is not to have one.</summary>
    Unexpected,

    /// <summary>It is the current one, word by word.</summary>
    Unchanged,

    /// <summary>It is the current revision's, with changes.</summary>
    Updated,

    /// <summary>It is a new revision's, which is the current one now.</summary>
    Promoted,

    /// <summary>It is an older revision's, which counts only when it is seen alone.</summary>
    Older,

    /// <summary>Its files have other bytes under the same revision.</summary>
    BytesChanged,

    /// <summary>With it the import map would not do what was decided.</summary>
    MapRefused,

    /// <summary>With it a package that must run once would run twice, and the revision before it still answers.</summary>
    Held,
}
