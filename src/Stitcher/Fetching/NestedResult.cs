namespace Stitcher.Fetching;

/// <summary>What came of a slot inside a fragment.</summary>
/// <param name="Result">Its fragment.</param>
/// <param name="Content">What is shown when that cannot be.</param>
internal readonly record struct NestedResult(FragmentResult Result, ReadOnlyMemory<byte> Content)
{
    /// <summary>It is for the one who asks: nobody may keep a page that shows it.</summary>
    public bool IsPersonal { get; init; }
}
