using System.Text;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Caching;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Caching;

public sealed class FragmentCacheTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_fragment_is_found_until_its_freshness_is_over()
    {
        using var cache = Cache(1_000_000);
        Store(cache, "a", "<p>a</p>", Minute);
        _clock.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.True(cache.TryGetFresh("a", out var found));
        Assert.Equal("<p>a</p>", Encoding.UTF8.GetString(found.Markup.Pieces[0].Bytes.Span));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(cache.TryGetFresh("a", out _));
        Assert.False(cache.TryGetFresh("b", out _));
    }

    [Fact]
    public void A_newer_answer_takes_the_place_of_the_older_one()
    {
        using var cache = Cache(1_000_000);
        Store(cache, "a", "<p>old</p>", Minute);
        Store(cache, "a", "<p>new</p>", Minute);
        Assert.True(cache.TryGetFresh("a", out var found));
        Assert.Equal("<p>new</p>", Encoding.UTF8.GetString(found.Markup.Pieces[0].Bytes.Span));
    }

    [Fact]
    public void Nothing_is_kept_that_is_larger_than_the_cache()
    {
        using var small = Cache(2_000);
        Store(small, "a", new string('x', 2_000), Minute);
        Assert.False(small.TryGetFresh("a", out _));
        using var none = Cache(0);
        Store(none, "a", "x", Minute);
        Assert.False(none.TryGetFresh("a", out _));
    }

    [Fact]
    public void All_fragments_together_keep_to_the_bound()
    {
        const int Bound = 100_000;
        using var cache = Cache(Bound);
        for (var i = 0; i < 500; i++)
        {
            Store(cache, $"{i}", new string('x', 1_000), Minute);
        }

        var kept = Enumerable.Range(0, 500).Count(i => cache.TryGetFresh($"{i}", out _));
        Assert.InRange(kept, 1, Bound / 1_000);
    }

    private FragmentCache Cache(long bytes) => new(new CacheOptions { Bytes = bytes }, _clock);

    private static void Store(FragmentCache cache, string key, string html, TimeSpan freshness)
    {
        var markup = new Markup([new MarkupPiece(MarkupPieceKind.Literal, Encoding.UTF8.GetBytes(html))], [], []);
        cache.Store(key, new CachedFragment(200, markup, [], null, cache.FreshUntil(freshness)), freshness);
    }
}
