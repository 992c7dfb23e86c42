namespace Stitcher.Federation.Negotiation;

/// <summary>Which of equally good offers wins.</summary>
public enum WinnerStrategy
{
    /// <summary>The highest version. Gateways agree without sharing a memory.</summary>
    Highest,

    /// <summary>The version that won last time, as long as nobody suffers by it.</summary>
    Sticky,
}
