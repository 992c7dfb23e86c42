using Stitcher.Caching;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Redis.Tests;

public sealed class SharedPurgesTests
{
    private static readonly PurgeScope Meant = PurgeScope.OfTarget("service", "/x");
    private static readonly PurgeScope Other = PurgeScope.OfTarget("service", "/y");

    private readonly SharedPurges _purges = new();

    [Fact]
    public void Only_purges_after_an_answer_was_asked_for_and_that_mean_it_count()
    {
        _purges.Reset(100);
        Assert.True(_purges.Add(101, Other));
        Assert.True(_purges.Add(102, Meant));
        Assert.True(_purges.Add(103, null));
        Assert.Equal([true, true, false, false], new[] { 100, 101, 102, 103 }.Select(Covers));
    }

    [Fact]
    public void What_is_older_than_all_that_is_known_counts_as_purged()
    {
        Assert.True(_purges.Add(1, Other) && _purges.Seen == 1);
        _purges.Reset(100);
        Assert.Equal([true, false], new[] { 99, 100 }.Select(Covers));
    }

    [Fact]
    public void A_gap_is_told_and_nothing_before_it_is_judged_any_more()
    {
        _purges.Reset(100);
        Assert.False(_purges.Add(105, Other));
        Assert.Equal([true, true, false, false], new[] { 100, 103, 104, 105 }.Select(Covers));
        Assert.Equal(105, _purges.Seen);
    }

    [Fact]
    public void What_is_older_than_the_oldest_of_ten_thousand_purges_counts_as_purged()
    {
        _purges.Reset(0);
        for (var number = 1; number <= 10_001; number++)
        {
            Assert.True(_purges.Add(number, Other));
        }

        Assert.Equal([true, false], new[] { 0, 1 }.Select(Covers));
    }

    private bool Covers(int generation) => _purges.Covers(
        generation,
        "key",
        new KeptAnswer
        {
            Status = 200,
            IsHtml = true,
            Body = default,
            Headers = AnswerHeaders.None,
            Labels = new FragmentLabels("service", "X", "/x"),
            Age = default,
            KeepFor = default,
        },
        out _);
}
