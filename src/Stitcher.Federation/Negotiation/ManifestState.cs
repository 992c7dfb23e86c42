namespace Stitcher.Federation.Negotiation;

/// <summary>How fresh the knowledge about a service is.</summary>
public enum ManifestState
{
    /// <summary>The service has just shown its manifest.</summary>
    Fresh,

    /// <summary>The service does not answer; its last good manifest stands, and keeps its vote.</summary>
    Stale,

    /// <summary>The last good manifest is too old to count.</summary>
    Expired,
}
