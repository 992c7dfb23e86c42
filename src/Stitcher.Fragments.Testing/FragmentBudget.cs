namespace Stitcher.Fragments.Testing;

/// <summary>What a fragment may cost.</summary>
public sealed record FragmentBudget
{
    /// <value>The most bytes of a body, uncompressed. Default 131,072 (128 KB), a quarter of what gateways take at most (<c>Stitcher:Limits:FragmentBytes</c>).</value>
    public int Bytes { get; init; } = 128 * 1024;

    /// <value>The longest time to the last byte, the best of three tries. Default 800 ms, what a gateway waits for an optional slot.</value>
    public TimeSpan Time { get; init; } = TimeSpan.FromMilliseconds(800);
}
