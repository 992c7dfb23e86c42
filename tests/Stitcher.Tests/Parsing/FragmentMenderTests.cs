using System.Text;
using AngleSharp.Html.Parser;
using CsCheck;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

/// <summary>What is mended means what the parser reads in the bytes as they were sent; whatever is in doubt is left to the parser.</summary>
public sealed class FragmentMenderTests(ITestOutputHelper output)
{
    // A few seconds' worth; a long run is one variable away.
    private static readonly int Samples = int.TryParse(Environment.GetEnvironmentVariable("STITCHER_MENDER_SAMPLES"), out var samples) ? samples : 40_000;

    [Theory]
    [InlineData("<ul><li>one<li>two <span>more</ul>", "<ul><li>one</li><li>two <span>more</span></li></ul>")]
    [InlineData("<p>one<p>two<div>three", "<p>one</p><p>two</p><div>three</div>")]
    [InlineData("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>")]
    [InlineData("<table><tr><td>1<td>2\n<tr><th>3</table>", "<table><tr><td>1</td><td>2\n</td></tr><tr><th>3</th></tr></table>")]
    [InlineData("<table><thead><tr><th>h<tbody><tr><td><p>x</table>y", "<table><thead><tr><th>h</th></tr></thead><tbody><tr><td><p>x</p></td></tr></tbody></table>y")]
    [InlineData("<section><article>a<article>b</section>", "<section><article>a<article>b</article></article></section>")]
    [InlineData("<h2>a<h3>b</h3>", "<h2>a</h2><h3>b</h3>")]
    [InlineData("<div>a</div></div></section>b", "<div>a</div>b")]
    [InlineData("<div><span>a</div></span>", "<div><span>a</span></div>")]
    [InlineData("<li><div><p>a<li>b", "<li><div><p>a</p></div></li><li>b</li>")]
    [InlineData("<p>a <b>b</b> <svg viewBox='0 0 1 1'><path d='M0'/></svg>", "<p>a <b>b</b> <svg viewBox='0 0 1 1'><path d='M0'/></svg></p>")]
    [InlineData("<x-card><p>a</x-card>", "<x-card><p>a</p></x-card>")]
    public void Left_out_end_tags_are_written_and_those_that_end_nothing_go(string sent, string mended) => Assert.Equal(mended, Mended(sent));

    [Theory]
    [InlineData("<p>one <b>two</p>three")]
    [InlineData("<b>one<p>two</b>three</p>")]
    [InlineData("<a href=/x>one<a href=/y>two</a>")]
    [InlineData("<form><div></form>x</div>")]
    [InlineData("<div><form></div>x")]
    [InlineData("a</p>b")]
    [InlineData("a</br>b")]
    [InlineData("<table><div>x</div></table>")]
    [InlineData("<table>x<tr><td>y</table>")]
    [InlineData("<div><table><tr><td></div>x</table>")]
    [InlineData("<ul><li>a</ol></li>b<li></ul></li>c<style>p{}</style>")]
    [InlineData("<li>a<ul></li>b</ul>")]
    [InlineData("<p>a<object><p>b")]
    [InlineData("<select><option>a<option>b</select>")]
    [InlineData("a &amp</span>; b")]
    [InlineData("a &#3</span>8; b")]
    [InlineData("a\r</span>\nb")]
    [InlineData("<p>a<DIV>b")]
    [InlineData("<p>a<script>b")]
    [InlineData("<p>a<img src=b.png>")]
    [InlineData("<p>a<svg><p>b</svg>")]
    public void What_another_element_may_bring_back_or_move_is_left_to_the_parser(string sent) => Assert.Null(Mended(sent));

    [Fact]
    public void What_is_as_it_should_be_is_not_mended() => Assert.Null(Mended("<ul><li>one</li></ul>"));

    [Fact]
    public void A_place_in_which_the_end_would_end_something_else_is_left_to_the_parser()
    {
        Assert.Null(Mended("<div>one<div>two</div>", "p"));
        Assert.Null(Mended("<li>one<li>two", "li"));
        Assert.Null(Mended("one</p>two", "p"));
        Assert.Null(Mended("<tr><td>one<td>two", "table tbody"));
        Assert.Equal("<div>one</div>", Mended("<div>one</div></li></ul>", "ul li"));
    }

    [Fact]
    public void A_table_ends_a_paragraph_where_the_page_is_no_quirk_and_only_there()
    {
        const string Sent = "<p>a<table><tr><td>b</table>";
        Assert.Equal("<p>a</p><table><tr><td>b</td></tr></table>", Mended(Sent));
        Assert.Null(FragmentMender.Mend(Encoding.UTF8.GetBytes(Sent), FragmentScannerOracle.Origin(TrustLevel.App), SlotContext.Of(["html", "body"], quirks: true), FragmentScannerOracle.Limits));
    }

    [Fact]
    public void Whatever_is_mended_the_parser_reads_alike()
    {
        var mended = 0;
        Gen.Byte.Array[8, 60].Sample(
            decisions =>
            {
                if (Agrees(LooseMarkup.From(decisions), FragmentScannerInputs.From(decisions).Context, (TrustLevel)(decisions[^1] % 3)))
                {
                    Interlocked.Increment(ref mended);
                }
            },
            iter: Samples);
        output.WriteLine($"{mended} of {Samples} mended");
        Assert.True(mended > Samples / 50, $"only {mended} of {Samples} inputs were mended: the comparison says little");
    }

    private static string? Mended(string sent, string around = "") =>
        FragmentMender.Mend(Encoding.UTF8.GetBytes(sent), FragmentScannerOracle.Origin(TrustLevel.App), ContextOf(around), FragmentScannerOracle.Limits) is { } mended
            ? Encoding.UTF8.GetString(mended)
            : null;

    private static SlotContext ContextOf(string around) => SlotContext.Of($"html body {around}".TrimEnd().Split(' '), quirks: false);

    private static bool Agrees(string html, SlotContext context, TrustLevel trust)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        var origin = FragmentScannerOracle.Origin(trust);
        if (FragmentMender.Mend(bytes, origin, context, FragmentScannerOracle.Limits) is not { } mended)
        {
            return false;
        }

        var parsed = new FragmentParser(TimeProvider.System).Parse(bytes, origin, context, FragmentScannerOracle.Limits);
        var shown = parsed.Markup is { Head.IsEmpty: true, Inline.IsEmpty: true, Pieces: [{ Kind: MarkupPieceKind.Literal } piece] } ? Encoding.UTF8.GetString(piece.Bytes.Span) : null;
        var text = Encoding.UTF8.GetString(mended);
        Assert.True(shown is not null && ShapeOf(shown) == ShapeOf(text), $"in <{context.Ancestors}> (quirks: {context.Quirks}, {trust}): {html}\nparser: {parsed.Refusal ?? shown}\nmended: {text}");
        return true;
    }

    // Both are written with all their end tags, so that it does not matter where they are read.
    private static string ShapeOf(string html) => DocumentTree.ShapeOf(new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html));
}
