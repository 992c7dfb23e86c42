using System.Text;
using Stitcher.Configuration;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class WellFormedFragmentTests
{
    public static TheoryData<string> Names => [.. SomeFragments.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_well_formed_fragment_is_shown_by_the_very_bytes_its_service_sent(string name) =>
        Assert.Equal(SomeFragments.All[name], SlotInLayout.Places["main"].Show(SomeFragments.All[name], name == "formulas" ? TrustLevel.App : TrustLevel.Markup));

    [Theory]
    [MemberData(nameof(Names))]
    public void Wherever_a_well_formed_fragment_is_shown_the_page_around_it_stays(string name)
    {
        foreach (var (place, slot) in SlotInLayout.Places)
        {
            if (slot.Compile(SomeFragments.All[name]).Markup is { } markup)
            {
                Assert.True(slot.IsContained(SlotInLayout.TextOf(markup)), place);
            }
        }
    }

    [Theory]
    [InlineData("p", "<b>Kettle</b> <img src=\"/a.png\" alt=\"\">")]
    [InlineData("a", "<span class=\"card\">Kettle</span>")]
    [InlineData("button", "<svg><path d=\"M0 0\"/></svg> Buy")]
    [InlineData("li", "<p>one</p><ul><li>inner</li></ul>")]
    [InlineData("dd", "<p>one</p>")]
    [InlineData("td", "<p>one</p><table><tbody><tr><td>inner</td></tr></tbody></table>")]
    [InlineData("tr", "<td>one</td><td>two</td>")]
    [InlineData("select", "<option>one</option><optgroup label=\"g\"><option>two</option></optgroup>")]
    [InlineData("table", "<tbody><tr><td>one</td></tr></tbody>")]
    [InlineData("h1", "<span>one</span>")]
    [InlineData("form", "<label>one <input name=\"one\"></label>")]
    [InlineData("svg", "<rect width=\"1\" height=\"1\"/><text>one</text>")]
    [InlineData("foreignObject", "<p>one</p>")]
    [InlineData("template", "<b>one</b>")]
    [InlineData("pre", "one\n  two")]
    [InlineData("details", "<h2>one</h2>")]
    public void What_fits_its_place_is_shown_by_its_own_bytes_there(string place, string html) =>
        Assert.Equal(html, SlotInLayout.Places[place].Show(html));

    [Fact]
    public void A_byte_order_mark_is_not_shown() => Assert.Equal("<p>x</p>", SlotInLayout.Places["main"].Show("\uFEFF<p>x</p>"));

    [Theory]
    [InlineData(new byte[] { (byte)'<', (byte)'p', (byte)'>', 0xFF }, "at byte 3")]
    [InlineData(new byte[] { (byte)'a', 0xC0, 0xAF }, "at byte 1")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "at byte 0")]
    [InlineData(new byte[] { (byte)'a', 0xE2, 0x82 }, "at byte 1")]
    [InlineData(new byte[] { (byte)'a', (byte)'b', 0, (byte)'c' }, "NUL at byte 2")]
    public void Bytes_that_two_readers_could_read_differently_are_refused(byte[] bytes, string where)
    {
        var result = SlotInLayout.Places["main"].Compile(bytes);
        Assert.Null(result.Markup);
        Assert.StartsWith("encoding: ", result.Refusal, StringComparison.Ordinal);
        Assert.Contains(where, result.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_buffer_that_the_bytes_came_in()
    {
        var rented = Encoding.UTF8.GetBytes("<p>kettle</p>");
        var markup = SlotInLayout.Places["main"].Compile(rented).Markup!;
        Array.Fill(rented, (byte)'x');
        Assert.Equal("<p>kettle</p>", SlotInLayout.TextOf(markup));
    }
}
