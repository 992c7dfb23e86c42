namespace Stitcher.Configuration;

/// <summary>Which of equally good offers of a package wins.</summary>
public enum WinnerChoice
{
    /// <summary>The highest version. Gateways agree without sharing a memory.</summary>
    Highest,

    /// <summary>The version that won last time, as long as nobody suffers by it. Each gateway remembers its own.</summary>
    Sticky,
}
