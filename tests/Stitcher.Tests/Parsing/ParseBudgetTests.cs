using System.Text;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class ParseBudgetTests
{
    public static TheoryData<string, string> Bombs => new()
    {
        { "nested, 488 KB", Repeat("<div>", 100_000) },
        { "nested, 48 KB", Repeat("<div>", 10_000) },
        { "formatting elements, 36 KB", string.Concat(Enumerable.Range(0, 2_000).Select(i => $"<font a{i}><p>")) },
        { "formatting elements, 5 KB", string.Concat(Enumerable.Range(0, 450).Select(i => $"<b a{i}><p>")) },
        { "flat", Repeat("<p>", 100_000) },
        { "flat and closed", Repeat("<p></p>", 50_000) },
        { "lists", Repeat("<ul><li>", 50_000) },
        { "bold", Repeat("<b>", 100_000) },
        { "crossed", Repeat("<a><div>", 30_000) + Repeat("</a>", 30_000) },
        { "tables", Repeat("<table><tr><td>", 30_000) },
        { "templates", Repeat("<template>", 50_000) },
        { "drawings", Repeat("<svg><foreignObject>", 20_000) },
        { "in an attribute", "<iframe srcdoc=\"" + Repeat("&lt;div>", 50_000) + "\"></iframe>" },
        { "attributes", "<p " + string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"a{i}=1")) + ">" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_fragment_that_costs_too_much_is_refused(string name, string html)
    {
        Assert.NotEmpty(name);
        var limits = ParseLimits.From(new LimitOptions());
        var origin = new FragmentOrigin("products", TrustLevel.Markup, "/");
        Assert.False(FragmentParser.TryProve(Encoding.UTF8.GetBytes(html), origin, SlotContext.Body, limits, out _));
        Assert.NotNull(new FragmentParser(TimeProvider.System).Parse(Encoding.UTF8.GetBytes(html), origin, SlotContext.Body, limits).Refusal);
    }

    [Theory]
    [InlineData("<div>", 11, "deeper than 10 (Stitcher:Limits:FragmentDepth)")]
    [InlineData("<br>", 101, "more than 100 elements (Stitcher:Limits:FragmentElements)")]
    public void A_refusal_names_the_limit_that_was_passed(string html, int times, string limit)
    {
        var slot = SlotInLayout.Places["main"];
        var limits = new ParseLimits(Elements: 100, Depth: 10, TimeSpan.FromMinutes(1));
        var result = new FragmentParser(new FakeTimeProvider()).Parse(
            Encoding.UTF8.GetBytes(Repeat(html, times)), new FragmentOrigin("products", TrustLevel.Markup, "/"), slot.Context, limits);
        Assert.Contains(limit, result.Refusal, StringComparison.Ordinal);
        Assert.True(result.Lasts);
    }

    [Theory]
    [InlineData("<div>", "</div>", 9)]
    [InlineData("<img src=a.png>", "", 80)]
    public void What_keeps_to_the_limits_is_shown_however_often_it_has_to_be_parsed_and_however_deep_its_slot_is(string open, string close, int times)
    {
        var slot = SlotInLayout.Between(Repeat("<section>", 20), Repeat("</section>", 20));
        var limits = new ParseLimits(Elements: 130, Depth: 10, TimeSpan.FromMinutes(1));
        var result = new FragmentParser(new FakeTimeProvider()).Parse(
            Encoding.UTF8.GetBytes("<i>" + Repeat(open, times) + Repeat(close, times)), new FragmentOrigin("products", TrustLevel.Markup, "/"), slot.Context, limits);
        Assert.Null(result.Refusal);
    }

    [Fact]
    public void A_parse_that_ran_out_of_time_says_nothing_about_the_next_one()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(60) };
        var result = new FragmentParser(clock).Parse(
            Encoding.UTF8.GetBytes(Repeat("<p>x</p>", 100)), new FragmentOrigin("products", TrustLevel.Markup, "/"), SlotContext.Body, ParseLimits.From(new LimitOptions()));
        Assert.Contains("longer than 50 ms (Stitcher:Limits:ParseTime)", result.Refusal, StringComparison.Ordinal);
        Assert.False(result.Lasts);
    }

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
