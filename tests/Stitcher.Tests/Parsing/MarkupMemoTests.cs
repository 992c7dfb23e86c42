using System.Text;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class MarkupMemoTests
{
    private static readonly FragmentOrigin Origin = new("products", TrustLevel.App, "/fragments/card");

    [Fact]
    public void A_parse_that_met_a_slow_moment_is_tried_again()
    {
        var body = Encoding.UTF8.GetBytes("<p>Quite harmless.</p>");
        var slow = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var memo = new MarkupMemo();

        var refused = new FragmentParser(slow).Parse(body, Origin, SlotContext.Body, ParseLimits.From(new LimitOptions()));
        memo.Remember(body, "body", refused);

        Assert.Contains("ParseTime", refused.Refusal, StringComparison.Ordinal);
        Assert.False(memo.TryGet(body, "body", out _));
    }

    [Fact]
    public void A_refusal_of_the_bytes_themselves_is_remembered()
    {
        var body = Encoding.UTF8.GetBytes("<!doctype html><frameset><frame></frameset>");
        var memo = new MarkupMemo();

        memo.Remember(body, "body", new FragmentParser(new FakeTimeProvider()).Parse(body, Origin, SlotContext.Body, ParseLimits.From(new LimitOptions())));

        Assert.True(memo.TryGet(body, "body", out var remembered));
        Assert.Contains("frameset", remembered.Refusal, StringComparison.Ordinal);
    }
}
