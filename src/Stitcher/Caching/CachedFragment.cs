using System.Collections.Immutable;
using Stitcher.Parsing;
using Stitcher.Upstream;

namespace Stitcher.Caching;

/// <summary>A remembered answer, compiled. All times are timestamps or ticks of the cache's monotonic clock.</summary>
/// <param name="Status">The service's status.</param>
/// <param name="Markup">What to show.</param>
/// <param name="Head">What it wants in the head.</param>
/// <param name="Tags">The names by which a cache in front may purge what shows it, separated by blanks.</param>
/// <param name="FreshUntil">The timestamp up to which it is fresh.</param>
internal sealed record CachedFragment(int Status, Markup Markup, ImmutableArray<HeadPart> Head, string? Tags, long FreshUntil)
{
    /// <summary>What it is, for purging.</summary>
    public FragmentLabels Labels { get; init; } = FragmentLabels.None;

    /// <summary>What was kept of its headers: its validators, and how long it may be shown.</summary>
    public AnswerHeaders Headers { get; init; } = AnswerHeaders.None;

    /// <summary>The timestamp at which its service made it.</summary>
    public long MadeAt { get; init; }

    /// <summary>The timestamp at which it was asked for; of two answers the one that was asked for later counts.</summary>
    public long AskedAt { get; init; }

    /// <summary>The ticks after its freshness for which it is shown while a newer one is fetched.</summary>
    public long StaleWhileRevalidate { get; init; }

    /// <summary>The ticks after its freshness for which it is shown while its service fails.</summary>
    public long StaleIfError { get; init; }

    /// <summary>The ticks after its freshness for which asking "is it still the same?" saves sending it again.</summary>
    public long WorthRevalidating { get; init; }

    /// <summary>A page cannot do without it: it makes room last.</summary>
    public bool IsVital { get; init; }

    /// <summary>The timestamp after which it is of no use to anybody.</summary>
    public long UsefulUntil => FreshUntil + Math.Max(WorthRevalidating, Math.Max(StaleWhileRevalidate, StaleIfError));

    /// <summary>Bytes, with what surrounds them.</summary>
    public long Cost => Markup.Cost + Head.Sum(p => p.Html.Length + 128L) + Headers.Cost;
}
