using System.Text;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class LayoutParserTests
{
    [Theory]
    [InlineData("<head>{0}</head><body></body>", "html head")]
    [InlineData("<body>{0}</body>", "html body")]
    [InlineData("<body><table><tbody><tr>{0}</tr></tbody></table>", "html body table tbody tr")]
    [InlineData("<body><table>{0}<tr><td></td></tr></table>", "html body table")]
    [InlineData("<body><select>{0}<option>x</select>", "html body select")]
    [InlineData("<body><template><div>{0}</div></template>", "html body template div")]
    [InlineData("<body><svg><g>{0}</g></svg>", "html body svg g")]
    [InlineData("<body><p>text {0} text</p>", "html body p")]
    [InlineData("<body><p>one<div>{0}</div>", "html body div")]
    [InlineData("<body><ul><li>one<li>{0}</ul>", "html body ul li")]
    [InlineData("<body><table><tr><td>{0}<td></table>", "html body table tbody tr td")]
    [InlineData("{0}", "html body")]
    public void A_slot_is_recognised_anywhere_and_knows_what_is_open_around_it(string layout, string ancestors) =>
        Assert.Equal(ancestors, Assert.Single(Parse("<!doctype html>" + layout.Replace("{0}", "<fragment src=\"a/B\"></fragment>", StringComparison.Ordinal)).Slots).Context.Ancestors);

    [Theory]
    [InlineData("<fragment src=\"a/B\"></fragment>", "")]
    [InlineData("<fragment src=\"a/B\"/>", "")]
    [InlineData("<fragment src=\"a/B\" />", "")]
    [InlineData("<fragment src=\"a/B\">", "")]
    [InlineData("<FRAGMENT SRC=\"a/B\"></FRAGMENT>", "")]
    [InlineData("<fragment src=a/B><p>Wait</p></fragment>", "<p>Wait</p>")]
    [InlineData("<fragment\n  src='a/B'\n>text &amp; <b>more</b></fragment >", "text &amp; <b>more</b>")]
    [InlineData("<fragment src=\"a/B\"><!-- note --></fragment>", "<!-- note -->")]
    public void However_a_slot_is_written_its_content_is_kept_and_its_siblings_stay(string slot, string content)
    {
        var markup = Parse($"<!doctype html><body><p>one</p>{slot}<p>two</p><fragment src=\"a/C\">c</fragment></body>");
        Assert.Equal(2, markup.Slots.Length);
        Assert.Equal(("a/B", content), (markup.Slots[0].Source, Encoding.UTF8.GetString(markup.Slots[0].Content.Span)));
        Assert.Contains(markup.Pieces, p => Encoding.UTF8.GetString(p.Bytes.Span) == "<p>two</p>");
    }

    [Theory]
    [InlineData("<!-- <fragment src=\"a/B\"></fragment> -->")]
    [InlineData("<script>'<fragment src=\"a/B\">'</script>")]
    [InlineData("<style>/*<fragment src=\"a/B\">*/</style>")]
    [InlineData("<textarea><fragment src=\"a/B\"></fragment></textarea>")]
    [InlineData("<p title='<fragment src=\"a/B\">'></p>")]
    [InlineData("<iframe><fragment src=\"a/B\"></fragment></iframe>")]
    [InlineData("<iframe srcdoc='<fragment src=\"a/B\"></fragment>'></iframe>")]
    [InlineData("<fragment-list></fragment-list>")]
    [InlineData("&lt;fragment src=\"a/B\">")]
    public void Text_that_looks_like_a_slot_is_none(string html) => Assert.Empty(Parse($"<!doctype html><body>{html}</body>").Slots);

    [Fact]
    public void Attributes_are_read_with_their_entities()
    {
        var slot = Assert.Single(Parse("<!doctype html><fragment src=\"a/B?x=1&amp;y={query.q}\" primary timeout=0.5s fallback-src=\"a/C\"></fragment>").Slots);
        Assert.Equal(("a/B?x=1&y={query.q}", SlotRole.Primary, TimeSpan.FromMilliseconds(500), "a/C", false), (slot.Source, slot.Role, slot.Timeout, slot.FallbackSource, slot.IsDeferred));
        slot = Assert.Single(Parse("<!doctype html><fragment src=\" a/B \" defer timeout=\"300ms\"></fragment>").Slots);
        Assert.Equal(("a/B", SlotRole.Optional, TimeSpan.FromMilliseconds(300), true), (slot.Source, slot.Role, slot.Timeout, slot.IsDeferred));
        Assert.Equal(SlotRole.Required, Assert.Single(Parse("<!doctype html><fragment src=\"a/B\" required></fragment>").Slots).Role);
    }

    [Fact]
    public void All_errors_are_told_at_once_each_with_file_and_line()
    {
        var errors = new List<string>();
        LayoutParser.Parse(
            Encoding.UTF8.GetBytes("""
                <!doctype html>
                <body><script type="importmap">{}</script>
                <fragment></fragment>
                <fragment src="a/B" timout="2s"></fragment>
                <fragment src="a/B" timeout="2 minutes"></fragment>
                <fragment src="a/B" primary defer></fragment>
                <p></fragment></p>
                """),
            "shop/catalog.html",
            errors);
        Assert.Equal([2, 3, 4, 5, 6, 7], errors.Select(e => int.Parse(e.Split(["line ", ":"], StringSplitOptions.None)[1], System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.All(errors, e => Assert.StartsWith("shop/catalog.html, line ", e, StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("no attribute 'timout'", StringComparison.Ordinal) && e.Contains("timeout", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<head>{0}</head>", "defer in the head")]
    [InlineData("<body><svg><g>{0}</g></svg>", "defer inside <svg>")]
    [InlineData("<body><math><mrow>{0}</mrow></math>", "defer inside <math>")]
    [InlineData("<body><template><p>{0}</p></template>", "defer inside <template>")]
    [InlineData("<body><noscript>{0}</noscript>", "defer inside <noscript>")]
    [InlineData("<body><table><tr>{0}</tr></table>", null)]
    public void What_cannot_be_brought_to_its_place_later_cannot_be_deferred(string place, string? complaint)
    {
        var errors = new List<string>();
        LayoutParser.Parse(Encoding.UTF8.GetBytes("<!doctype html>\n" + place.Replace("{0}", "<fragment src=\"a/B\" defer></fragment>", StringComparison.Ordinal)), "a.html", errors);
        Assert.Equal(complaint is null ? 0 : 1, errors.Count);
        Assert.All(errors, e => Assert.StartsWith("a.html, line 2: " + complaint, e, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0ms")]
    [InlineData("61s")]
    [InlineData("-1s")]
    [InlineData("1e3ms")]
    [InlineData("100")]
    [InlineData("s")]
    [InlineData("1m")]
    [InlineData("")]
    public void A_time_that_is_none_is_an_error(string time)
    {
        var errors = new List<string>();
        LayoutParser.Parse(Encoding.UTF8.GetBytes($"<!doctype html>\n<fragment src=\"a/B\" timeout=\"{time}\"/>"), "a.html", errors);
        Assert.StartsWith($"a.html, line 2: timeout=\"{time}\" is no time; expected", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_utf_8_is_an_error()
    {
        var errors = new List<string>();
        Assert.Null(LayoutParser.Parse(new byte[] { (byte)'a', 0xFF }, "a.html", errors));
        Assert.Equal("a.html: invalid UTF-8 at byte 1; expected a file in UTF-8", Assert.Single(errors));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=viewport content=w><title>T</title><link rel=stylesheet href=/a.css></head><body>|</body></html>")]
    [InlineData("<!doctype html>\r\n<html>\r\n<head>\r\n<title>T</title>\r\n</head>\r\n<body>\r\n<p>a\r\n|\r\n</p>\r\n</body>\r\n</html>\r\n")]
    [InlineData("<!doctype html><title>Käse 🫖</title><body><p>日本語 ü🫖</p>|<p>ü</p>|")]
    [InlineData("<!doctype html><title>T</title><p>no head</p>|")]
    [InlineData("|")]
    [InlineData("<p>no doctype</p>|<!-- end -->\n")]
    [InlineData("<!doctype html><head>|<meta name=description content=d><link rel=canonical href=/x></head><body>|")]
    [InlineData("<!doctype html><body><table><tr><td>|</td></tr></table>&amp; &nbsp; <br/><img src=x></body>")]
    public void Nothing_of_the_file_is_lost_or_doubled_between_the_slots(string file)
    {
        const string Slot = "<fragment src=\"a/B\"><i>é</i></fragment>";
        Assert.Equal(file.Replace("|", Slot, StringComparison.Ordinal), Rebuilt(Parse(file.Replace("|", Slot, StringComparison.Ordinal)), Slot));
    }

    [Theory]
    [InlineData("<head><fragment src=\"a/B\"><title>T</title><meta name=description content=d></fragment><link rel=icon href=/i></head><body></body>")]
    [InlineData("<head><title>T</title></head><body><fragment src=\"a/B\"><meta name=x content=y></fragment></body>")]
    public void What_stands_inside_a_slot_is_the_slots_and_not_the_heads(string html)
    {
        var markup = Parse("<!doctype html>" + html);
        Assert.Equal("<!doctype html>" + html, Rebuilt(markup, html[html.IndexOf("<fragment", StringComparison.Ordinal)..(html.IndexOf("</fragment>", StringComparison.Ordinal) + 11)]));
        Assert.DoesNotContain(markup.Head, p => p.Key is "meta description" or "meta x");
    }

    [Fact]
    public void A_byte_order_mark_is_dropped() => Assert.Equal("<!doctype html><p>x", Rebuilt(Parse("\uFEFF<!doctype html><p>x"), ""));

    [Theory]
    [InlineData("<!doctype html><html><head><meta charset=utf-8><meta name=viewport content=w>^<title>T</title><script src=/a.js></script></head>")]
    [InlineData("<!doctype html><html><head>^<title>T</title><meta charset=utf-8></head>")]
    [InlineData("<!doctype html><html><head>^<script src=/a.js></script><meta charset=utf-8></head>")]
    [InlineData("<!doctype html><html><head>^<link rel=modulepreload href=/a.js></head>")]
    [InlineData("<!doctype html><html><head>\n  <!-- note -->\n  <meta charset=utf-8>^\n  <link rel=stylesheet href=/a.css></head>")]
    [InlineData("<!doctype html><html><head><meta charset=utf-8>^<fragment src=\"a/B\"></fragment></head>")]
    [InlineData("<!doctype html><html><head>^</head><body><script src=/a.js></script></body>")]
    [InlineData("<!doctype html><html>^<body><script src=/a.js></script></body>")]
    [InlineData("<!doctype html>^<title>T</title><script src=/a.js></script>")]
    [InlineData("^<script src=/a.js></script>")]
    public void The_import_map_stands_before_everything_that_can_load_a_module(string layout)
    {
        var markup = Parse(layout.Replace("^", "", StringComparison.Ordinal));
        var before = string.Concat(markup.Pieces.TakeWhile(p => p.Kind != MarkupPieceKind.ImportMap).Select(p => Encoding.UTF8.GetString(p.Bytes.Span)));
        Assert.Equal(layout[..layout.IndexOf('^', StringComparison.Ordinal)], before);
        Assert.Single(markup.Pieces, p => p.Kind == MarkupPieceKind.ImportMap);
        Assert.Single(markup.Pieces, p => p.Kind == MarkupPieceKind.HeadEnd);
    }

    [Fact]
    public void Title_named_metas_and_canonical_can_be_replaced_and_the_rest_of_the_head_cannot()
    {
        var markup = Parse("""
            <!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="w"><title>The <b>shop</title>
            <meta name="Description" content="d"><meta property="og:title" content="t"><link rel="canonical" href="/"><link rel="icon" href="/i.svg">
            <link rel="stylesheet" href="/shop.css"><script src="/shop.js"></script><meta http-equiv="x-ua-compatible" content="ie"></head><body><title>not this</title></body></html>
            """);
        var replaceable = markup.Pieces.Where(p => p.Kind == MarkupPieceKind.HeadPart).ToList();
        Assert.Equal(["<title>The <b>shop</title>", "<meta name=\"Description\" content=\"d\">", "<meta property=\"og:title\" content=\"t\">", "<link rel=\"canonical\" href=\"/\">"], replaceable.Select(p => Encoding.UTF8.GetString(p.Bytes.Span)));
        Assert.Equal(["title", "meta description", "meta og:title", "canonical"], replaceable.Select(p => markup.Head[p.Index].Key));
        Assert.Equal(["icon /i.svg", "stylesheet /shop.css", "script /shop.js"], markup.Head.Skip(4).Select(p => p.Key));
    }

    [Fact]
    public void What_is_only_for_browsers_without_scripts_is_no_reason_to_keep_it_from_the_others()
    {
        var markup = Parse("<!doctype html><head><noscript><link rel=stylesheet href=/a.css></noscript><template><script src=/a.js></script></template><link rel=stylesheet href=/b.css></head>");
        Assert.Equal("stylesheet /b.css", Assert.Single(markup.Head).Key);
    }

    private static Markup Parse(string html)
    {
        var errors = new List<string>();
        var markup = LayoutParser.Parse(Encoding.UTF8.GetBytes(html), "layout.html", errors);
        Assert.Empty(errors);
        return markup!;
    }

    private static string Rebuilt(Markup markup, string slot) =>
        string.Concat(markup.Pieces.Select(p => p.Kind == MarkupPieceKind.Slot ? slot : Encoding.UTF8.GetString(p.Bytes.Span)));
}
