namespace Stitcher.Upstream;

/// <summary>Why reading a body ended.</summary>
internal enum BodyEnd
{
    /// <summary>All of it is here.</summary>
    Complete,

    /// <summary>There is more of it than may be.</summary>
    TooLarge,

    /// <summary>No byte came for longer than may be.</summary>
    Stalled,
}
