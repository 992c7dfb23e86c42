using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class ContainmentTests
{
    [Theory]
    [InlineData("<!-- open", "<!-- open-->")]
    [InlineData("<p>a<!-- open", "<p>a<!-- open--></p>")]
    [InlineData("<textarea>open", "<textarea>open</textarea>")]
    [InlineData("<select><option>open", "<select><option>open</option></select>")]
    [InlineData("<template><p>open", "<template><p>open</p></template>")]
    [InlineData("<svg><g>open", "<svg><g>open</g></svg>")]
    [InlineData("<table><tr><td>open", "<table><tbody><tr><td>open</td></tr></tbody></table>")]
    [InlineData("<div><p>open", "<div><p>open</p></div>")]
    [InlineData("<p>cut <a href=\"/prod", "<p>cut </p>")]
    [InlineData("<b>open", "<b>open</b>")]
    [InlineData("<div><b><i>open</div>", "<div><b><i>open</i></b></div>")]
    [InlineData("<iframe>open", "<iframe>open</iframe>")]
    [InlineData("<xmp>open", "<xmp>open</xmp>")]
    [InlineData("<noscript>open", "<noscript>open</noscript>")]
    public void What_a_fragment_leaves_open_is_closed_inside_its_slot(string html, string shown) => IsShown("main", html, shown);

    [Theory]
    [InlineData("<style>p{color:red}")]
    [InlineData("<script type=\"module\" src=\"/a.js\">")]
    [InlineData("<title>open")]
    public void Raw_text_left_open_ends_inside_the_slot_or_is_removed(string html)
    {
        var slot = SlotInLayout.Places["main"];
        foreach (var trust in Enum.GetValues<Stitcher.Configuration.TrustLevel>())
        {
            Assert.True(slot.IsContained(slot.Show(html, trust)), trust.ToString());
        }
    }

    [Theory]
    [InlineData("main", "</section></div></main><p>x</p>", "<p>x</p>")]
    [InlineData("main", "</div></main></body></html><p>x</p>", "<p>x</p>")]
    [InlineData("element", "x</span></my-app>y", "xy")]
    [InlineData("td", "x</td></tr></table>y", "xy")]
    [InlineData("select", "</select><option>x</option>", "<option>x</option>")]
    [InlineData("template", "x</template>y", "xy")]
    [InlineData("svg", "</g></svg><path/>", "<path></path>")]
    [InlineData("form", "</form><i>x</i>", "<i>x</i>")]
    [InlineData("a", "x</a>y", "xy")]
    [InlineData("b", "x</b>y", "xy")]
    [InlineData("button", "x</button>y", "xy")]
    [InlineData("li", "x</li></ul>y", "xy")]
    [InlineData("h1", "x</h1>y", "xy")]
    [InlineData("h1", "x</h3>y", "xy")]
    [InlineData("object", "x</object>y", "xy")]
    [InlineData("math", "<mi>x</mi></mrow></math><mi>y</mi>", "<mi>x</mi><mi>y</mi>")]
    public void A_stray_end_tag_cannot_leave_the_slot(string place, string html, string shown) => IsShown(place, html, shown);

    [Theory]
    [InlineData("p", "<div>x</div>")]
    [InlineData("p", "<p>x</p>")]
    [InlineData("p", "<table><tbody><tr><td>x</td></tr></tbody></table>")]
    [InlineData("a", "<a href=\"/y\">x</a>")]
    [InlineData("a", "<div><a href=\"/y\">x</a></div>")]
    [InlineData("button", "<button>x</button>")]
    [InlineData("li", "<li>x</li>")]
    [InlineData("dd", "<dt>x</dt>")]
    [InlineData("h1", "<h2>x</h2>")]
    [InlineData("nobr", "<nobr>x</nobr>")]
    [InlineData("form", "<form action=\"/other\"><input></form>")]
    [InlineData("select", "<select><option>x</option></select>")]
    [InlineData("select", "<div>x</div>")]
    [InlineData("svg", "<p>x</p>")]
    [InlineData("math", "<div>x</div>")]
    [InlineData("tr", "<tr><td>x</td></tr>")]
    [InlineData("tr", "text")]
    [InlineData("table", "text")]
    [InlineData("table", "<div>x</div>")]
    [InlineData("main", "<tr><td>x</td></tr>")]
    [InlineData("td", "<tr><td>x</td></tr>")]
    [InlineData("td", "<td>x</td>")]
    [InlineData("main", "<li><td>x</td></li>")]
    [InlineData("main", "<option>a</option><tbody></tbody>")]
    [InlineData("p", "x</p>y")]
    [InlineData("ruby", "<rt>x</rt>")]
    public void What_could_only_be_shown_by_changing_the_page_or_losing_an_element_is_refused(string place, string html)
    {
        var result = SlotInLayout.Places[place].Compile(html);
        Assert.Null(result.Markup);
        Assert.StartsWith("context: ", result.Refusal, StringComparison.Ordinal);
        Assert.True(result.Lasts);
    }

    [Theory]
    [InlineData("table", "<tr><td>one</td></tr>", "<tbody><tr><td>one</td></tr></tbody>")]
    [InlineData("table", "<tr><td>one<tr><td>two", "<tbody><tr><td>one</td></tr><tr><td>two</td></tr></tbody>")]
    [InlineData("tr", "<td>one<td>two", "<td>one</td><td>two</td>")]
    public void Rows_stay_in_a_table(string place, string html, string shown) => IsShown(place, html, shown);

    [Theory]
    [InlineData("<plaintext>x")]
    [InlineData("<div><plaintext>x</plaintext></div>")]
    [InlineData("<frameset><frame></frameset>")]
    [InlineData("<html><frameset><frame></frameset></html>")]
    public void What_no_end_tag_can_end_is_refused(string html) => Assert.NotNull(SlotInLayout.Places["main"].Compile(html).Refusal);

    [Theory]
    [InlineData("cats &am", "p; dogs")]
    [InlineData("1 &lt", "; 2")]
    [InlineData("&#6", "5;")]
    [InlineData("&#x4", "1;")]
    [InlineData("&", "amp;")]
    [InlineData("a <", "b>c</b>")]
    [InlineData("a <", "/section>c")]
    [InlineData("a <", "!-- c")]
    [InlineData("a </", "section>c")]
    [InlineData("a <!", "-- c")]
    [InlineData("a <!-", "- c")]
    public void Text_that_ends_open_does_not_run_together_with_what_follows_it(string html, string following)
    {
        var slot = SlotInLayout.Between("<section id=\"around\">", following + "<i>end</i></section>");
        var shown = slot.Show(html);
        var alone = slot.PageWith(shown + "<!--apart-->").GetElementById("around")!;
        var together = slot.PageWith(shown).GetElementById("around")!;
        Assert.Equal(alone.TextContent, together.TextContent);
        Assert.Equal(alone.QuerySelectorAll("*").Select(e => e.LocalName), together.QuerySelectorAll("*").Select(e => e.LocalName));
    }

    [Theory]
    [InlineData("<p>x</p><body class=\"evil\" onload=\"x()\"><p>y</p>", "<p>x</p><p>y</p>")]
    [InlineData("<p>x</p><html lang=\"de\"><p>y</p>", "<p>x</p><p>y</p>")]
    [InlineData("<p>x</p><head><p>y</p>", "<p>x</p><p>y</p>")]
    public void A_second_body_changes_nothing_of_the_first(string html, string shown) => IsShown("main", html, shown);

    [Fact]
    public void A_form_left_open_in_a_table_does_not_swallow_the_pages_next_form() => IsShown("main", "<table><form></table>", "<table><form></form></table>");

    [Fact]
    public void The_end_of_a_form_inside_a_table_does_not_make_the_pages_form_endless() => IsShown("form", "<table></form></table>", "<table></table>");

    [Theory]
    [InlineData("<div><noscript>x</div>", "<div><noscript>x</noscript></div>")]
    [InlineData("<noscript><img src=\"/a.png\"></noscript>", "<noscript><img src=\"/a.png\"></noscript>")]
    public void An_element_for_browsers_without_scripts_has_its_own_end(string html, string shown) => IsShown("main", html, shown);

    [Theory]
    [InlineData("main", "<noscript><p title=\"</noscript><textarea>\">x</p></noscript>")]
    [InlineData("main", "<noscript><!--</noscript><textarea>--></noscript>")]
    [InlineData("main", "<noscript><style></noscript><textarea></style></noscript>")]
    [InlineData("noscript", "<p title=\"</noscript><textarea>\">x</p>")]
    [InlineData("noscript", "<!--</noscript><textarea>-->")]
    public void A_browser_that_runs_scripts_sees_no_other_end_of_an_element_for_those_that_do_not(string place, string html)
    {
        var slot = SlotInLayout.Places[place];
        var result = slot.Compile(html, Stitcher.Configuration.TrustLevel.App);
        Assert.True(result.Refusal is not null || slot.IsContained(SlotInLayout.TextOf(result.Markup!)));
    }

    [Fact]
    public void A_shadow_root_for_the_layouts_own_element_is_refused() =>
        Assert.NotNull(SlotInLayout.Places["main"].Compile("<template shadowrootmode=\"open\"><p>all that is seen of main</p></template>").Refusal);

    [Fact]
    public void In_a_layout_without_a_doctype_a_table_may_stand_in_a_paragraph()
    {
        var quirky = Stitcher.Parsing.SlotContext.Of(["html", "body", "p"], quirks: true);
        const string Table = "<table><tbody><tr><td>x</td></tr></tbody></table>";
        var result = new Stitcher.Parsing.FragmentParser(new Microsoft.Extensions.Time.Testing.FakeTimeProvider()).Parse(
            System.Text.Encoding.UTF8.GetBytes(Table), new("products", Stitcher.Configuration.TrustLevel.Markup, "/"), quirky, SlotInLayout.Limits);
        Assert.Equal(Table, SlotInLayout.TextOf(result.Markup!));
    }

    private static void IsShown(string place, string html, string shown)
    {
        var slot = SlotInLayout.Places[place];

        // At the level of trust at which formulas may be shown, too.
        Assert.Equal(shown, slot.Show(html, Stitcher.Configuration.TrustLevel.App));
        Assert.True(slot.IsContained(shown));
    }
}
