using System.Collections.Immutable;
using Stitcher.Parsing;

namespace Stitcher.Caching;

/// <summary>A remembered answer, compiled.</summary>
/// <param name="Status">The service's status.</param>
/// <param name="Markup">What to show.</param>
/// <param name="Head">What it wants in the head.</param>
/// <param name="Tags">The names by which a cache in front may purge what shows it, separated by blanks.</param>
/// <param name="FreshUntil">The timestamp of the cache's clock up to which it is fresh.</param>
internal sealed record CachedFragment(int Status, Markup Markup, ImmutableArray<HeadPart> Head, string? Tags, long FreshUntil)
{
    /// <summary>Bytes, with what surrounds them.</summary>
    public long Cost => Markup.Cost + Head.Sum(p => p.Html.Length + 128L);
}
