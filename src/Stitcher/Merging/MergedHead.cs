using System.Collections.Frozen;
using System.Collections.Immutable;
using Stitcher.Parsing;

namespace Stitcher.Merging;

/// <summary>The head of one page, decided.</summary>
/// <param name="Replaced">What stands in place of the layout's own parts, by their index; null leaves them.</param>
/// <param name="Added">What is written at the end of the head.</param>
/// <param name="Policy">The page's Content-Security-Policy.</param>
/// <param name="Hash">Tells this head from any other of the page.</param>
/// <param name="Keys">What the page has already, so that no late fragment brings it again.</param>
internal sealed record MergedHead(ReadOnlyMemory<byte>[]? Replaced, ReadOnlyMemory<byte> Added, string Policy, UInt128 Hash, FrozenSet<string> Keys)
{
    /// <summary>What stands in place of the layout's <c>html</c> tag; nothing leaves it.</summary>
    public ReadOnlyMemory<byte> HtmlTag { get; init; }

    /// <summary>What stands in place of the layout's <c>body</c> tag; nothing leaves it.</summary>
    public ReadOnlyMemory<byte> BodyTag { get; init; }

    /// <summary>Where fragments differed.</summary>
    public ImmutableArray<HeadConflict> Conflicts { get; init; } = [];

    public bool Has(HeadPart part) => Keys.Contains(part.Key);
}
