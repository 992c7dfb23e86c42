using System.Text;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class FragmentScannerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain text, naïve & cheap")]
    [InlineData("<p>one</p>\n<p>two <b>three</b><br>four</p>")]
    [InlineData("<div class=card id=c-1 data-x='{\"a\":\"<b>\"}' disabled><img src=\"/i.png\" srcset=\"/a.png 1x, https://cdn.example/b.png 2x\" alt=\"\"></div>")]
    [InlineData("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>")]
    [InlineData("<dl><dt>Weight</dt><dd>12&nbsp;kg</dd></dl>")]
    [InlineData("<table><caption>Orders</caption><colgroup><col></colgroup><thead><tr><th>No</th></tr></thead><tbody>\n<tr><td><a href=\"/o/1\">1</a></td></tr>\n</tbody></table>")]
    [InlineData("<table>\n<tr><td>1</td></tr>\n<tr><td>2</td></tr>\n</table>")]
    [InlineData("<label>How many <input name=n value=1></label><select name=s><optgroup label=x><option>1</option></optgroup><option selected>2</option></select>")]
    [InlineData("<form action=\"/cart\"><textarea name=t>\na & b</textarea><button>Go</button></form>")]
    [InlineData("<svg viewBox=\"0 0 60 12\" class=\"spark\"><title>Sales</title><g><polyline points=\"0,1 5,2\"/></g><use href=\"#icon\"></use></svg>")]
    [InlineData("<product-card sku=\"7\"><span slot=title>Chair</span></product-card>")]
    [InlineData("<!-- shop --><section style=\"width:calc(50% - 2px);color:red\"><h2>Title</h2></section><!---->")]
    [InlineData("<a href=\"https://example.org/\"><div>block in a link</div></a><a href=\"?page=2&size=3#top\">next</a><a href=\"mailto:us@example.org\">us</a>")]
    public void Ordinary_markup_is_proven_to_stay_as_it_is(string html) =>
        Assert.True(FragmentScannerOracle.Agree(Encoding.UTF8.GetBytes(html), SlotContext.Body));

    [Theory]
    [InlineData("<p>one<p>two", "end tags are missing")]
    [InlineData("<div>", "an element stays open")]
    [InlineData("</div>", "an end tag closes something of the layout")]
    [InlineData("<b><i></b></i>", "end tags are crossed")]
    [InlineData("<p><div></div></p>", "a block closes the paragraph")]
    [InlineData("<p><span><ul></ul></span></p>", "a block closes the paragraph from further in")]
    [InlineData("<li><div><li></li></div></li>", "an item closes the item around it")]
    [InlineData("<dd><div><dt></dt></div></dd>", "a term closes the description around it")]
    [InlineData("<h2><h3></h3></h2>", "a heading closes another")]
    [InlineData("<a href=/x><b><a href=/y></a></b></a>", "links do not nest")]
    [InlineData("<button><span><button></button></span></button>", "buttons do not nest")]
    [InlineData("<form><div><form></form></div></form>", "forms do not nest")]
    [InlineData("<table>x</table>", "text in a table is moved in front of it")]
    [InlineData("<table><tr><td></td>&#32;</tr></table>", "references in a table count as text")]
    [InlineData("<table><td></td></table>", "a cell without its row")]
    [InlineData("<table><form></form></table>", "a form in a table is closed at once")]
    [InlineData("<tr><td></td></tr>", "a row without its table")]
    [InlineData("<select><b></b></select>", "an element in a select is dropped")]
    [InlineData("<option>1</option>", "an option without its select")]
    [InlineData("<div/>", "the slash is ignored")]
    [InlineData("<svg><div></div></svg>", "an element of HTML ends the drawing")]
    [InlineData("<svg><foreignObject></foreignObject></svg>", "HTML inside a drawing")]
    [InlineData("<svg><style></style></svg>", "a style in a drawing")]
    [InlineData("<math></math>", "formulas")]
    [InlineData("<script></script>", "code")]
    [InlineData("<style></style>", "styles")]
    [InlineData("<template></template>", "templates")]
    [InlineData("<noscript></noscript>", "what depends on scripting")]
    [InlineData("<iframe></iframe>", "another document")]
    [InlineData("<textarea><b></b></textarea>", "tags in a text field are text")]
    [InlineData("<textarea><!-- </textarea> --></textarea>", "comments in a text field are text")]
    [InlineData("<plaintext>", "what never ends")]
    [InlineData("<!doctype html><p></p>", "a whole document")]
    [InlineData("<body></body>", "a whole document")]
    [InlineData("<fragment src=a/b></fragment>", "a slot")]
    [InlineData("<!-- a -- b -->", "a comment that readers disagree about")]
    [InlineData("<!-->-->", "a comment that ends at once")]
    [InlineData("<!--?start name=x-->", "a comment that is a marker to some browsers")]
    [InlineData("<!-- </noscript> -->", "what may be an end tag to browsers that run scripts")]
    [InlineData("<p title='</NoScript'></p>", "what may be an end tag to browsers that run scripts")]
    [InlineData("<!-- a", "a comment that never ends")]
    [InlineData("<![CDATA[x]]>", "a section that is a comment in HTML")]
    [InlineData("<?php ?>", "an instruction")]
    [InlineData("a < b", "a bare angle bracket")]
    [InlineData("a &am", "a reference that the layout's next bytes would complete")]
    [InlineData("a\r", "a line end that the layout's next bytes would complete")]
    [InlineData("\u0000", "NUL")]
    [InlineData("\uFEFFx", "a byte order mark")]
    [InlineData("<p onclick=\"x()\"></p>", "an inline handler")]
    [InlineData("<a href=\"javascript:x()\"></a>", "code as an address")]
    [InlineData("<a href=\"&#106;avascript:x()\"></a>", "code as an address, disguised")]
    [InlineData("<a href=\" javascript:x()\"></a>", "code as an address, behind a blank")]
    [InlineData("<img src=\"a.png\">", "an address that is rewritten")]
    [InlineData("<img srcset=\"/a.png 1x, b.png 2x\">", "one of several addresses is rewritten")]
    [InlineData("<p style=\"background:URL(a.png)\"></p>", "an address in a style")]
    [InlineData("<p style=\"background:u&#114;l(a.png)\"></p>", "an address in a style, disguised")]
    [InlineData("<p class=\"a\"id=\"b\"></p>", "attributes without a blank between them")]
    [InlineData("<p class=\"a></p>", "a quote that is not closed")]
    [InlineData("<P></P>", "capitals")]
    [InlineData("<p></p", "the end is missing")]
    public void What_is_unusual_is_left_to_the_parser(string html, string because) =>
        Assert.False(FragmentScannerOracle.Proves(Encoding.UTF8.GetBytes(html), SlotContext.Body, TrustLevel.App), because);

    [Theory]
    [InlineData("p", "<div></div>")]
    [InlineData("a", "<span><a href=/x></a></span>")]
    [InlineData("button", "<button></button>")]
    [InlineData("form", "<form></form>")]
    [InlineData("li", "<li></li>")]
    [InlineData("dd", "<dt></dt>")]
    [InlineData("h1", "<h2></h2>")]
    [InlineData("b b b", "<b></b>")]
    [InlineData("select", "x")]
    [InlineData("table tbody tr", "<!-- -->")]
    [InlineData("svg", "<g></g>")]
    [InlineData("ruby", "x")]
    [InlineData("template", "x")]
    [InlineData("pre", "\nx")]
    public void What_stands_around_the_slot_is_a_part_of_the_proof(string around, string html)
    {
        var context = SlotContext.Of(["html", "body", .. around.Split(' ')], quirks: false);
        Assert.False(FragmentScannerOracle.Proves(Encoding.UTF8.GetBytes(html), context));
    }

    [Theory]
    [InlineData("p", "text <a href=/x>and <b>more</b></a>")]
    [InlineData("a", "<div><span>x</span></div>")]
    [InlineData("li", "<div><ul><li>x</li></ul></div>")]
    [InlineData("table tbody tr td", "<p>x</p><table><tr><td>x</td></tr></table>")]
    [InlineData("form button", "<span>x</span>")]
    public void Ordinary_places_are_known(string around, string html)
    {
        var context = SlotContext.Of(["html", "body", .. around.Split(' ')], quirks: false);
        Assert.True(FragmentScannerOracle.Agree(Encoding.UTF8.GetBytes(html), context));
    }

    [Fact]
    public void A_trusted_service_may_bring_inline_handlers()
    {
        var html = "<p onclick=\"x()\"></p>"u8.ToArray();
        Assert.True(FragmentScannerOracle.Agree(html, SlotContext.Body, TrustLevel.Trusted));
        Assert.False(FragmentScannerOracle.Proves(html, SlotContext.Body, TrustLevel.App));
    }

    [Fact]
    public void What_may_exceed_the_limits_of_parsing_is_left_to_the_parser()
    {
        var many = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<br>", 10_001)));
        var deep = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div>", 200)) + string.Concat(Enumerable.Repeat("</div>", 200)));
        Assert.False(FragmentScannerOracle.Proves(many, SlotContext.Body));
        Assert.False(FragmentScannerOracle.Proves(deep, SlotContext.Body));
    }
}
