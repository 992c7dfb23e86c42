using System.Text;
using CsCheck;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class LayoutExpansionTests
{
    private const string Base =
        """
        <!doctype html>
        <html lang="en"><head><place name="title"><title>Shop</title></place></head>
        <body><include src="parts/nav.html"></include>
        <main><place name="main"><p>nothing</p></place></main>
        </body></html>
        """;

    [Theory]
    [InlineData("<include src=\"a.html\"></include>")]
    [InlineData("<include src=\"a.html\"/>")]
    [InlineData("<include src=\"a.html\">")]
    [InlineData("<INCLUDE SRC=' a.html '> \n <!-- nothing --> </INCLUDE>")]
    public void An_included_file_stands_where_it_is_included(string include) =>
        Assert.Equal("<p>1</p><b>a</b><p>2</p>", Expanded($"<p>1</p>{include}<p>2</p>", ("a.html", "<b>a</b>")));

    [Theory]
    [InlineData("<table><tr>", "</tr></table>", "<td>cell</td>")]
    [InlineData("<select>", "</select>", "<option>one</option>")]
    [InlineData("<head>", "</head>", "<meta name=\"a\" content=\"b\">")]
    [InlineData("<svg>", "</svg>", "<style>a</style><circle r=\"1\"/>")]
    [InlineData("<template>", "</template>", "<li>x")]
    public void A_file_can_be_included_anywhere(string before, string after, string part) =>
        Assert.Equal(before + part + after, Expanded($"{before}<include src=\"a.html\"></include>{after}", ("a.html", part)));

    [Fact]
    public void An_included_file_includes_others() =>
        Assert.Equal("<i>b</i>!<i>b</i>", Expanded("<include src=\"parts/a.html\"/>", ("parts/a.html", "<include src=\"parts/b.html\"/>!<include src=\"parts/b.html\"/>"), ("parts/b.html", "<i>b</i>")));

    [Fact]
    public void A_file_may_be_used_twice_and_be_empty() => Assert.Equal("12", Expanded("1<include src=\"e.html\"/><include src=\"e.html\"/>2", ("e.html", "")));

    [Theory]
    [InlineData("<!-- <include src=\"gone.html\"> -->")]
    [InlineData("<script>'<include src=\"gone.html\">'</script>")]
    [InlineData("<p title='<place name=\"x\">'></p>")]
    [InlineData("<textarea><fill name=\"x\"></textarea>")]
    public void What_is_no_tag_to_a_browser_is_none_here(string text) => Assert.Equal(text, Expanded(text));

    [Fact]
    public void A_layout_fills_the_places_of_its_base_and_the_others_keep_their_content() =>
        Assert.Equal(
            """
            <!doctype html>
            <html lang="en"><head><title>Shop</title></head>
            <body><nav>all</nav>
            <main><h1>Goods</h1></main>
            </body></html>
            """,
            Expanded(
                "\n<!-- the start page -->\n<extend src=\"base.html\"></extend>\n<fill name=\"main\"><h1>Goods</h1></fill>\n<!-- end -->\n",
                ("base.html", Base),
                ("parts/nav.html", "<nav><place name=\"nav\">all</place></nav>")));

    [Fact]
    public void A_place_in_an_included_file_is_filled_by_whoever_extends() =>
        Assert.Contains(
            "<nav><b>here</b></nav>",
            Expanded("<extend src=\"base.html\"><fill name=\"nav\"><b>here</b></fill>", ("base.html", Base), ("parts/nav.html", "<nav><place name=\"nav\">all</place></nav>")),
            StringComparison.Ordinal);

    [Fact]
    public void A_base_may_extend_another_and_offer_places_of_its_own() =>
        Assert.Equal(
            "<title>T</title><main><h1>leaf</h1><aside>side</aside></main>",
            Expanded(
                "<extend src=\"middle.html\"/><fill name=\"main\"><h1>leaf</h1></fill><fill name=\"title\"><title>T</title></fill>",
                ("middle.html", "<extend src=\"root.html\"/><fill name=\"main\"><place name=\"main\"></place><aside>side</aside></fill>"),
                ("root.html", "<place name=\"title\"><title>R</title></place><main><place name=\"main\"/></main>")));

    [Fact]
    public void A_fill_may_be_empty_and_may_include() =>
        Assert.Equal("<p>1</p>|", Expanded("<extend src=\"b.html\"/><fill name=\"x\"><include src=\"p.html\"/></fill><fill name=\"y\"/>", ("b.html", "<place name=\"x\"/>|<place name=\"y\">default</place>"), ("p.html", "<p>1</p>")));

    [Fact]
    public void A_byte_order_mark_in_an_included_file_stays_out_of_the_page() =>
        Assert.Equal("<p>1</p>", Text(LayoutParser.Parse("\uFEFF<include src=\"p.html\"/>"u8.ToArray(), "page.html", [], Reader([("p.html", "<p>1</p>")]))!));

    [Theory]
    [InlineData("<p>\n<include src=\"gone.html\">", "page.html, line 2: <include src=\"gone.html\"> cannot be read: there is no such file")]
    [InlineData("<include src=\"/etc/passwd\"/>", "page.html, line 1: <include src=\"/etc/passwd\"> is not a plain path inside LayoutRoot; expected one such as 'parts/masthead.html'")]
    [InlineData("<include src=\"../x.html\"/>", "page.html, line 1: <include src=\"../x.html\"> is not a plain path inside LayoutRoot; expected one such as 'parts/masthead.html'")]
    [InlineData("<include src=\"C:\\x.html\"/>", "page.html, line 1: <include src=\"C:\\x.html\"> is not a plain path inside LayoutRoot; expected one such as 'parts/masthead.html'")]
    [InlineData("<include/>", "page.html, line 1: <include> needs src=\"parts/masthead.html\"")]
    [InlineData("<include src=\"ok.html\" if=\"x\"/>", "page.html, line 1: <include> has no attribute 'if'; expected src")]
    [InlineData("<include src=\"ok.html\">\ntext</include>", "page.html, line 1: <include> has content; expected none between it and </include>")]
    [InlineData("\n</include>", "page.html, line 2: </include> without its <include>")]
    [InlineData("<p></p>\n<extend src=\"ok.html\">", "page.html, line 2: <extend> here; expected it once, as the first tag of a layout, and not in an included file")]
    [InlineData("<include src=\"extending.html\">", "extending.html, line 1: <extend> here; expected it once, as the first tag of a layout, and not in an included file")]
    [InlineData("<fill name=\"main\"></fill>", "page.html, line 1: <fill> in a layout that extends no other; expected <extend src=\"base.html\"> as the first tag of its file")]
    [InlineData("<place></place>", "page.html, line 1: <place> needs name=\"main\"")]
    [InlineData("<place name=\"a\"/>\n<place name=\"a\"/>", "page.html, line 2: a second <place name=\"a\">, the first is in page.html, line 1; expected each name once")]
    [InlineData("<extend src=\"ok.html\">\n<p>text</p>", "page.html, line 2: content outside of the fills, which would be lost; expected it inside <fill name=\"…\">")]
    [InlineData("<extend src=\"ok.html\"><!-- ok -->\n&amp;", "page.html, line 2: content outside of the fills, which would be lost; expected it inside <fill name=\"…\">")]
    [InlineData("<extend src=\"ok.html\">\n<extend src=\"ok.html\">", "page.html, line 2: a second <extend>; expected one base")]
    [InlineData("<extend src=\"gone.html\">", "page.html, line 1: <extend src=\"gone.html\"> cannot be read: there is no such file")]
    [InlineData("<extend src=\"ok.html\"/>\n<fill name=\"man\">x</fill>", "page.html, line 2: 'ok.html' has no place 'man'; expected 'main' (did you mean 'main'?)")]
    [InlineData("<extend src=\"ok.html\"/><fill name=\"main\">x</fill>\n<fill name=\"main\">y</fill>", "page.html, line 2: a second <fill name=\"main\">, the first is in page.html, line 1; expected each name once")]
    [InlineData("<extend src=\"page.html\"/>", "page.html, line 1: <extend src=\"page.html\"> comes round to itself: page.html > page.html; expected files that do not need themselves")]
    [InlineData("<include src=\"round.html\"/>", "trip.html, line 2: <include src=\"round.html\"> comes round to itself: page.html > round.html > trip.html > round.html; expected files that do not need themselves")]
    [InlineData("<include src=\"deep1.html\"/>", "deep8.html, line 1: <include src=\"deep9.html\"> is too deep: page.html > deep1.html > deep2.html > deep3.html > deep4.html > deep5.html > deep6.html > deep7.html > deep8.html > deep9.html; expected at most 8 files behind a layout's own")]
    [InlineData("<title>A <place name=\"x\">b</place></title>", "page.html, line 1: <place> inside <title>, which holds text only; expected it around the whole <title>")]
    public void A_mistake_is_told_with_its_file_and_line(string layout, string error) => Assert.Equal([error], Errors(layout));

    [Fact]
    public void A_fill_without_its_end_is_told() =>
        Assert.Equal(
            ["page.html, line 1: <fill> has no end; expected </fill> before the next <fill> and the end of the file", "page.html, line 1: content outside of the fills, which would be lost; expected it inside <fill name=\"…\">"],
            Errors("<extend src=\"ok.html\"/><fill name=\"main\">x"));

    [Fact]
    public void All_mistakes_of_all_files_are_told_at_once() =>
        Assert.Equal(
            [
                "page.html, line 2: content outside of the fills, which would be lost; expected it inside <fill name=\"…\">",
                "bad.html, line 2: <include src=\"gone.html\"> cannot be read: there is no such file",
                "page.html, line 3: 'bad.html' has no place 'maine'; expected 'main' (did you mean 'main'?)",
                "bad.html, line 5: <fragment> needs src=\"service/Fragment\"",
                "slots.html, line 3: timeout=\"soon\" is no time; expected for example 300ms or 2s, from 1ms to 60s",
            ],
            Errors(
                "<extend src=\"bad.html\">\n<h1>x</h1>\n<fill name=\"maine\">y</fill>",
                ("bad.html", "<p>\n<include src=\"gone.html\"/>\n<place name=\"main\"></place>\n\n<fragment/><include src=\"slots.html\"/>"),
                ("slots.html", "<p>\n</p>\n<fragment src=\"a/B\" timeout=\"soon\"/>")));

    [Fact]
    public void A_mistake_in_a_file_used_twice_is_told_once() =>
        Assert.Equal(["slots.html, line 1: <fragment> needs src=\"service/Fragment\""], Errors("<include src=\"slots.html\"/><include src=\"slots.html\"/>", ("slots.html", "<fragment/>")));

    [Fact]
    public void Slots_are_judged_even_when_the_base_is_missing() =>
        Assert.Equal(
            ["page.html, line 1: <extend src=\"gone.html\"> cannot be read: there is no such file", "page.html, line 3: <fragment> needs src=\"service/Fragment\""],
            Errors("<extend src=\"gone.html\">\n<fill name=\"main\">\n<fragment/></fill>"));

    [Fact]
    public void Files_that_include_each_other_many_times_over_end()
    {
        var files = Enumerable.Range(1, 7).Select(i => ($"{i}.html", string.Concat(Enumerable.Repeat($"<include src=\"{i + 1}.html\"/>", 10)))).Append(("8.html", "x")).ToArray();
        Assert.Contains(Errors("<include src=\"1.html\"/>", files), e => e.EndsWith("expected at most 256 files in a page's layout, each counted as often as it is used", StringComparison.Ordinal));
    }

    [Fact]
    public void A_slot_knows_the_file_and_the_line_it_was_written_in()
    {
        var markup = LayoutParser.Parse(
            "<extend src=\"base.html\"/>\n<fill name=\"main\">\n<fragment src=\"a/One\"/></fill>"u8.ToArray(),
            "page.html",
            [],
            Reader([("base.html", Base), ("parts/nav.html", "<nav>\n\n<fragment src=\"a/Two\"/></nav>")]));
        Assert.Equal([("parts/nav.html", 3), ("page.html", 3)], markup!.Slots.Select(s => (s.File, s.Line)));
    }

    [Fact]
    public void A_layout_that_uses_no_other_file_stays_as_it_is()
    {
        var part = Gen.OneOf<string>([
            "<p>", "</p>", "text", "\n", "<!-- c -->", "<!--", "-->", "<table>", "<tr>", "<td>", "</table>", "<svg>", "</svg>", "<style>", "</style>", "<script>", "</script>", "&amp", "<", ">", "\"", "='",
            "<fragment src=\"a/B\"/>", "<fragment src=\"a/B\">", "</fragment>", "<select>", "<template>", "</template>", "<head>", "<body>", "<plaintext>", "<title>", "</title>", "é", "\r\n"]);
        part.Array[0, 30].Select(string.Concat).Sample(layout =>
        {
            var errors = new List<string>();
            return new LayoutExpansion(Reader([]), errors).Expand(new LayoutOrigin("page.html", layout)).Text == layout;
        });
    }

    private static string Expanded(string layout, params (string File, string Text)[] files)
    {
        var errors = new List<string>();
        var text = new LayoutExpansion(Reader(files), errors).Expand(new LayoutOrigin("page.html", layout)).Text;
        Assert.Empty(errors);
        return text.Trim('\n');
    }

    private static List<string> Errors(string layout, params (string File, string Text)[] files)
    {
        var errors = new List<string>();
        LayoutParser.Parse(Encoding.UTF8.GetBytes(layout), "page.html", errors, Reader([
            .. files,
            ("ok.html", "<main><place name=\"main\"></place></main>"),
            ("extending.html", "<extend src=\"ok.html\"/>"),
            ("round.html", "<include src=\"trip.html\"/>"),
            ("trip.html", "\n<include src=\"round.html\"/>"),
            .. Enumerable.Range(1, 9).Select(i => ($"deep{i}.html", $"<include src=\"deep{i + 1}.html\"/>")),
        ]));
        return errors;
    }

    private static LayoutReader Reader((string File, string Text)[] files) => (string file, out string? problem) =>
    {
        var text = files.FirstOrDefault(f => f.File == file).Text;
        problem = text is null ? "cannot be read: there is no such file" : null;
        return text;
    };

    private static string Text(Markup markup) => string.Concat(markup.Pieces.Select(p => Encoding.UTF8.GetString(p.Bytes.Span)));
}
