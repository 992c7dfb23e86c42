using System.Text;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Caching;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Caching;

public sealed class FragmentStoreTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_fragment_is_found_until_its_freshness_is_over_and_is_still_there_then()
    {
        var store = Store(1_000_000);
        Put(store, "a", "<p>a</p>");
        _clock.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.True(store.TryGetFresh("a", out var found));
        Assert.Equal("<p>a</p>", Shown(found));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(store.TryGetFresh("a", out var stale));
        Assert.Equal("<p>a</p>", Shown(stale));
        Assert.False(store.TryGetFresh("b", out var none));
        Assert.Null(none);
    }

    [Fact]
    public void A_clock_on_the_wall_that_jumps_changes_nothing()
    {
        var clock = new WallClock();
        var store = new FragmentStore(new CacheOptions(), clock);
        Put(store, "a", "<p>a</p>");
        clock.Wall += TimeSpan.FromHours(2);
        Assert.True(store.TryGetFresh("a", out _));
        clock.Wall -= TimeSpan.FromHours(4);
        clock.Ticks += clock.TimestampFrequency * 60;
        Assert.False(store.TryGetFresh("a", out _));
    }

    [Fact]
    public void A_newer_answer_takes_the_place_of_the_older_one_and_never_the_other_way_round()
    {
        var store = Store(1_000_000);
        Put(store, "a", "<p>second</p>", f => f with { AskedAt = 2 });
        Assert.Equal("overtaken", Put(store, "a", "<p>first</p>", f => f with { AskedAt = 1 }));
        Assert.Equal("<p>second</p>", Shown(store.Find("a")));
        Assert.Null(Put(store, "a", "<p>third</p>", f => f with { AskedAt = 3 }));
        Assert.Equal("<p>third</p>", Shown(store.Find("a")));
        Assert.Equal(1, store.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(80_000, 10_001)]
    [InlineData(64_000_000, 1_048_577)]
    [InlineData(1_073_741_824, 4_194_305)]
    public void A_fragment_that_would_push_out_many_is_not_kept_and_the_one_before_it_stays(long capacity, int bytes)
    {
        var store = Store(capacity);
        Put(store, "a", "x");
        Assert.Equal("too-large", Put(store, "a", new string('x', bytes)));
        Assert.Equal(capacity == 0 ? null : "x", store.Find("a") is { } kept ? Shown(kept) : null);
    }

    [Fact]
    public void In_a_loop_of_five_thousand_the_newest_are_kept_and_the_bound_holds_at_every_step()
    {
        const int Bound = 200_000;
        var store = Store(Bound);
        for (var i = 0; i < 5_000; i++)
        {
            Assert.Null(Put(store, $"{i}", new string('x', 1_000)));
            Assert.NotNull(store.Find($"{i}"));
            Assert.InRange(store.Bytes, 1, Bound);
        }

        // The newest without a gap; the last one that was looked at got another round, as all before it did.
        Assert.InRange(store.Count, 50, Bound / 1_000);
        Assert.All(Enumerable.Range(4_999 - store.Count + 2, store.Count - 2), i => Assert.NotNull(store.Find($"{i}")));
    }

    [Fact]
    public void What_is_used_stays_and_what_is_not_makes_room()
    {
        var store = Store(100_000);
        Put(store, "used", new string('x', 1_000));
        for (var i = 0; i < 1_000; i++)
        {
            Assert.NotNull(store.Find("used"));
            Put(store, $"{i}", new string('x', 1_000));
        }

        Assert.True(store.Evicted > 0);
    }

    [Fact]
    public void Entries_are_bounded_too()
    {
        var store = Store(100_000_000, entries: 10);
        for (var i = 0; i < 100; i++)
        {
            Put(store, $"{i}", "x");
        }

        Assert.Equal(10, store.Count);
        Assert.NotNull(store.Find("99"));
    }

    [Fact]
    public void Optional_fragments_never_push_out_what_pages_cannot_do_without()
    {
        var store = Store(200_000);
        for (var i = 0; i < 20; i++)
        {
            Put(store, $"vital {i}", new string('x', 1_000), f => f with { IsVital = true });
        }

        for (var i = 0; i < 2_000; i++)
        {
            Put(store, $"{i}", new string('x', 1_000));
        }

        Assert.All(Enumerable.Range(0, 20), i => Assert.NotNull(store.Find($"vital {i}")));
    }

    [Fact]
    public void What_pages_cannot_do_without_never_starves_the_optional_ones()
    {
        var store = Store(200_000);
        for (var i = 0; i < 20; i++)
        {
            Put(store, $"{i}", new string('x', 1_000));
        }

        for (var i = 0; i < 2_000; i++)
        {
            Put(store, $"vital {i}", new string('x', 1_000), f => f with { IsVital = true });
        }

        Assert.InRange(Enumerable.Range(0, 20).Count(i => store.Find($"{i}") is not null), 15, 20);
    }

    [Fact]
    public void A_vital_fragment_stays_vital_when_an_optional_slot_refreshes_it()
    {
        var store = Store(1_000_000);
        Put(store, "a", "x", f => f with { IsVital = true });
        Put(store, "a", "y");
        Assert.True(store.Find("a")!.IsVital);
    }

    [Fact]
    public void When_all_is_removed_nothing_is_counted_any_more()
    {
        var store = Store(10_000_000);
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var key = $"{random.Next(300)}";
            switch (random.Next(5))
            {
                case 0:
                    store.Remove(key);
                    break;
                case 1:
                    store.Purge(PurgeScope.OfKey(key), soft: true);
                    break;
                default:
                    Put(store, key, new string('x', random.Next(3_000)), f => f with { IsVital = random.Next(2) == 0, AskedAt = i });
                    break;
            }
        }

        Assert.NotEqual(0, store.Bytes);
        store.Purge(new PurgeScope(), soft: false);
        Assert.Equal((0, 0), (store.Bytes, store.Count));
    }

    [Fact]
    public async Task Counting_is_right_when_many_write_and_purge_at_once()
    {
        var store = Store(300_000);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 2_000; i++)
            {
                Put(store, $"{random.Next(500)}", new string('x', random.Next(2_000)), f => f with { IsVital = random.Next(3) == 0 });
                if (i % 50 == 0)
                {
                    store.Purge(PurgeScope.OfKey($"{random.Next(500)}"), soft: random.Next(2) == 0);
                }
            }
        })));
        Assert.InRange(store.Bytes, 1, 300_000);
        store.Purge(new PurgeScope(), soft: false);
        Assert.Equal((0, 0), (store.Bytes, store.Count));
    }

    [Fact]
    public void What_nobody_may_be_shown_any_more_is_dropped_without_being_asked_for()
    {
        var store = Store(1_000_000);
        Put(store, "old", "x");
        Put(store, "stale but useful", "x", f => f with { StaleIfError = store.Ticks(TimeSpan.FromHours(1)) });
        _clock.Advance(Minute * 2);
        Put(store, "new", "x");
        Assert.Null(store.Find("old"));
        Assert.NotNull(store.Find("stale but useful"));
    }

    [Fact]
    public void Purges_meet_a_service_a_fragment_an_address_a_tag_and_nothing_else()
    {
        Assert.Equal(["shop/Card/7", "shop/Card/8", "shop/List/"], Left(PurgeScope.OfService("users")));
        Assert.Equal(["shop/List/", "users/Card/7"], Left(PurgeScope.OfFragment("shop", "Card")));
        Assert.Equal(["shop/Card/8", "shop/List/", "users/Card/7"], Left(PurgeScope.OfTarget("shop", "/7")));
        Assert.Equal(["shop/Card/8", "users/Card/7"], Left(PurgeScope.OfTag("shop", "p7")));
        Assert.Equal(["shop/Card/8"], Left(PurgeScope.OfTag(null, "p7")));
        Assert.Equal([], Left(new PurgeScope()));
        Assert.Equal(["shop/Card/7", "shop/Card/8", "shop/List/", "users/Card/7"], Left(PurgeScope.OfTag("shop", "p")));
    }

    [Fact]
    public void What_belongs_to_one_person_is_gone_when_they_leave()
    {
        var store = Store(1_000_000);
        Put(store, "mine", "x", f => f with { Labels = new FragmentLabels("s", "F", "/", "ada") });
        Put(store, "yours", "x", f => f with { Labels = new FragmentLabels("s", "F", "/", "bob") });
        Put(store, "ours", "x", f => f with { Labels = new FragmentLabels("s", "F", "/") });
        Assert.Equal(1, store.RemovePartition("ada"));
        Assert.Null(store.Find("mine"));
        Assert.NotNull(store.Find("yours"));
        Assert.NotNull(store.Find("ours"));
    }

    [Fact]
    public void What_was_asked_for_before_a_purge_does_not_come_in_after_it()
    {
        var store = Store(1_000_000);
        var labels = new FragmentLabels("shop", "Card", "/7");
        var before = store.Generation;
        store.Purge(PurgeScope.OfTag("shop", "p7"), soft: true);
        Assert.Equal("purged", Put(store, "a", "x", f => f with { Labels = labels, Tags = "p1 p7" }, before));
        Assert.Null(Put(store, "b", "x", f => f with { Labels = labels, Tags = "p1" }, before));
        Assert.Null(Put(store, "c", "x", f => f with { Labels = labels, Tags = "p7" }));
        Assert.True(store.MayBePurged(before, "d", labels));
        Assert.False(store.MayBePurged(before, "d", labels with { Service = "users" }));
        Assert.False(store.MayBePurged(store.Generation, "d", labels));
    }

    [Fact]
    public void A_soft_purge_makes_stale_and_keeps_the_windows()
    {
        var store = Store(1_000_000);
        Put(store, "a", "x", f => f with { StaleWhileRevalidate = store.Ticks(Minute) });
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, store.Purge(new PurgeScope(), soft: true));
        Assert.False(store.TryGetFresh("a", out var stale));
        Assert.Equal(store.Now, stale!.FreshUntil);
        Assert.Equal(store.Ticks(Minute), stale.StaleWhileRevalidate);
    }

    [Fact]
    public void A_soft_purge_never_makes_what_is_stale_already_useful_for_longer()
    {
        var store = Store(1_000_000);
        Put(store, "a", "x", f => f with { StaleIfError = store.Ticks(Minute) });
        var end = store.Find("a")!.FreshUntil;
        _clock.Advance(Minute + TimeSpan.FromSeconds(30));
        Assert.Equal(1, store.Purge(new PurgeScope(), soft: true));
        Assert.Equal(end, store.Find("a")!.FreshUntil);
    }

    [Fact]
    public void What_was_asked_for_before_the_purges_that_are_remembered_counts_as_purged()
    {
        var store = Store(1_000_000);
        var before = store.Generation;
        store.Purge(PurgeScope.OfKey("b"), soft: false);
        Assert.False(store.MayBePurged(before, "a", new FragmentLabels("shop", "Card", "/7")));
        _clock.Advance(TimeSpan.FromMinutes(6));
        store.Purge(PurgeScope.OfKey("c"), soft: false);
        Assert.Equal("purged", Put(store, "a", "x", generation: before));
        Assert.Null(Put(store, "a", "x"));
    }

    [Fact]
    public void What_takes_the_place_of_an_older_one_needs_no_more_room_and_pushes_nothing_out()
    {
        var store = Store(100_000);
        var kept = 0;
        while (store.Evicted == 0)
        {
            Put(store, $"{kept++}", new string('x', 1_000));
        }

        store = Store(100_000);
        for (var i = 0; i < (kept - 1) * 2; i++)
        {
            Assert.Null(Put(store, $"{i % (kept - 1)}", new string('x', 1_000)));
        }

        Assert.Equal((kept - 1, 0), (store.Count, store.Evicted));
    }

    private List<string> Left(PurgeScope scope)
    {
        var store = Store(1_000_000);
        (FragmentLabels, string)[] all = [(new("shop", "Card", "/7"), "p7"), (new("shop", "Card", "/8"), "p8"), (new("shop", "List", "/"), "p7 p8"), (new("users", "Card", "/7"), "p7")];
        foreach (var (labels, tags) in all)
        {
            Put(store, $"{labels.Service}/{labels.Fragment}{labels.Target}", "x", f => f with { Labels = labels, Tags = tags });
        }

        var before = store.Count;
        var met = store.Purge(scope, soft: false);
        Assert.Equal(before - met, store.Count);
        return [.. all.Select(a => $"{a.Item1.Service}/{a.Item1.Fragment}{a.Item1.Target}").Where(key => store.Find(key) is not null).Order(StringComparer.Ordinal)];
    }

    private FragmentStore Store(long bytes, int entries = 100_000) => new(new CacheOptions { Bytes = bytes, Entries = entries }, _clock);

    private static string? Put(FragmentStore store, string key, string html, Func<CachedFragment, CachedFragment>? change = null, long? generation = null)
    {
        var markup = new Markup([new MarkupPiece(MarkupPieceKind.Literal, Encoding.UTF8.GetBytes(html))], [], []);
        var fragment = new CachedFragment(200, markup, [], null, store.FreshUntil(Minute));
        return store.Store(key, change?.Invoke(fragment) ?? fragment, generation ?? store.Generation);
    }

    private sealed class WallClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = DateTimeOffset.UnixEpoch;

        public long Ticks { get; set; }

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Ticks;
    }

    private static string Shown(CachedFragment? fragment) => Encoding.UTF8.GetString(fragment!.Markup.Pieces[0].Bytes.Span);
}
