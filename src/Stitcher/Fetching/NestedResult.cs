using System.Collections.Immutable;
using Stitcher.Parsing;

namespace Stitcher.Fetching;

/// <summary>What came of a slot inside a fragment.</summary>
/// <param name="Result">Its fragment.</param>
/// <param name="Content">What is shown when that cannot be.</param>
internal readonly record struct NestedResult(FragmentResult Result, ReadOnlyMemory<byte> Content)
{
    /// <summary>What it wants in the head, with its module ahead of the rest.</summary>
    public IEnumerable<HeadPart> Head => Preloads.IsDefaultOrEmpty || Result.Failed ? Result.Head : Preloads.Concat(Result.Head);

    /// <summary>The elements that fetch its module ahead.</summary>
    public ImmutableArray<HeadPart> Preloads { private get; init; }

    /// <summary>It is for the one who asks: nobody may keep a page that shows it.</summary>
    public bool IsPersonal { get; init; }
}
