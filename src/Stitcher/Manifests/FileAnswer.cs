namespace Stitcher.Manifests;

/// <summary>How getting a file ended.</summary>
internal enum FileEnd
{
    /// <summary>It is here, and checked.</summary>
    Kept,

    /// <summary>It is here and checked, and there is no room to keep it.</summary>
    NoRoom,

    /// <summary>Its service does not have it.</summary>
    Missing,

    /// <summary>It is larger than what is kept.</summary>
    TooLarge,

    /// <summary>It is not what the manifest says, or not for browsers.</summary>
    Refused,

    /// <summary>Its service does not answer.</summary>
    Unreachable,
}

/// <summary>What came of getting a file.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Asset">The file; null when it is not here.</param>
/// <param name="Reason">Why it is not kept.</param>
internal sealed record FileAnswer(FileEnd End, KeptAsset? Asset, string? Reason)
{
    public static FileAnswer Of(KeptAsset asset) => new(FileEnd.Kept, asset, null);

    public static FileAnswer Failing(FileEnd end, string reason) => new(end, null, reason);
}
