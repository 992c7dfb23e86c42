namespace Stitcher.Federation.Negotiation;

/// <summary>How a copy fits a service; looked up many times, worked out once.</summary>
[Flags]
internal enum Fit : byte
{
    /// <summary>It fits in no way.</summary>
    None = 0,

    /// <summary>It has every package and entry the service needs, and the service may trust it.</summary>
    Covers = 1,

    /// <summary>All its versions are in the service's ranges, or it is the service's own.</summary>
    InRange = 2,

    /// <summary>It runs on the same dependencies as the service.</summary>
    Follows = 4,

    /// <summary>The service would run on it, outside its range if need be.</summary>
    CanBeForced = Covers | Follows,

    /// <summary>The service accepts it.</summary>
    Accepted = Covers | InRange | Follows,
}
