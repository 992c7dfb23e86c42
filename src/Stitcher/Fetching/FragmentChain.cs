namespace Stitcher.Fetching;

/// <summary>The fragments around a nested one, innermost first.</summary>
/// <param name="Key">What the innermost was remembered by.</param>
/// <param name="Around">What is around that one.</param>
internal sealed record FragmentChain(string Key, FragmentChain? Around)
{
    /// <summary>1 for a fragment in a slot of the layout.</summary>
    public int Depth { get; } = Around is null ? 1 : Around.Depth + 1;

    public bool Contains(string key) => Key == key || Around?.Contains(key) == true;
}
