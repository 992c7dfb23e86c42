namespace Stitcher.Containment.Tests;

/// <summary>
/// Layouts with a slot in every element that can be closed, moved or filled by what stands in it, each with text and elements
/// before and after the slot and a page around it that would show if something were still open.
/// </summary>
internal static class Places
{
    private const string Slot = "<fragment src=\"any/Any\"></fragment>";

    public static Place Main { get; } = Standard("main", "<main>before <i>one</i>{slot} after <b>two</b><p>three</main>", "main");

    public static IReadOnlyList<Place> All { get; } =
    [
        Main,
        Standard("body", "{slot}<main>after</main>", "body"),
        Standard("deep", "<main><section><div><article><ul><li><div>before{slot}after</div></li></ul></article></div></section></main>", "div"),
        Standard("second", "<main><fragment src=\"any/Other\"></fragment><div>{slot}</div><fragment src=\"any/Other\"></fragment></main>", "div"),
        Standard("p", "<main><p>before <i>one</i> {slot} after <b>two</b></p><p>three</p></main>", "p"),
        Standard("unclosed-p", "<main><p>before {slot} after<p>three</main>", "p"),
        Standard("quirks-p", "<p>before {slot} after</p><p>three</p>", "p", doctype: ""),
        Standard("a", "<main><a href=\"/x\">before {slot} <b>after</b></a> <a href=\"/y\">y</a></main>", "a"),
        Standard("a-div", "<main><a href=\"/x\"><div>before <span>{slot}</span> after</div></a> <a href=\"/y\">y</a></main>", "span"),
        Standard("button", "<main><button type=\"button\">before {slot} <b>after</b></button> <button>y</button></main>", "button"),
        Standard("li", "<ul><li>one</li><li>before {slot} after</li><li>three</li></ul>", "li"),
        Standard("unclosed-li", "<ul><li>one<li>before {slot} after<li>three</ul>", "li"),
        Standard("ul", "<ul><li>one</li>{slot}<li>three</li></ul>", "ul"),
        Standard("nested-ul", "<ul><li>one<ul><li>a</li>{slot}<li>c</li></ul></li><li>three</li></ul>", "ul"),
        Standard("dl", "<dl><dt>one</dt><dd>two</dd>{slot}<dt>three</dt></dl>", "dl"),
        Standard("dd", "<dl><dt>one</dt><dd>before {slot} after</dd><dt>three</dt></dl>", "dd"),
        Standard("dt", "<dl><dt>before {slot} after</dt><dd>two</dd></dl>", "dt"),
        Standard("table", "<table><caption>one</caption>{slot}<tbody><tr><td>two</table>", "table"),
        Standard("caption", "<table><caption>before {slot} after</caption><tr><td>two</table>", "caption"),
        Standard("colgroup", "<table><colgroup><col>{slot}<col></colgroup><tr><td>two</table>", "colgroup"),
        Standard("tbody", "<table><tbody><tr><td>one</td></tr>{slot}<tr><td>two</td></tr></tbody></table>", "tbody"),
        Standard("tr", "<table><tbody><tr><td>one</td>{slot}<td>two</td></tr></tbody></table>", "tr"),
        Standard("td", "<table><tbody><tr><td>before {slot} after</td><td>two</td></tr></tbody></table>", "td"),
        Standard("th", "<table><thead><tr><th>before {slot} after<th>two</thead></table>", "th"),
        Standard("td-table", "<table><tr><td><table><tr><td>{slot}</td></tr></table></td></tr></table>", "td"),
        Standard("select", "<form><select name=\"s\"><option>one</option>{slot}<option>two</option></select></form>", "select"),
        Standard("option", "<form><select name=\"s\"><option>before {slot} after</option><option>two</option></select></form>", "option"),
        Standard("optgroup", "<select name=\"s\"><optgroup label=\"g\"><option>one</option>{slot}</optgroup><option>two</option></select>", "optgroup"),
        Standard("td-select", "<table><tr><td><select><option>one</option>{slot}</select></td></tr></table>", "select"),
        Standard("datalist", "<datalist id=\"d\"><option>one</option>{slot}</datalist>", "datalist"),
        Standard("h1", "<main><h1>before {slot} after</h1><h2>two</h2></main>", "h1"),
        Standard("h2-a", "<main><h2><a href=\"/x\">before {slot} after</a></h2><h2>two</h2></main>", "a"),
        Standard("form", "<main><form action=\"/x\"><p>one</p>{slot}<input name=\"i\"></form><form><input name=\"j\"></form></main>", "form"),
        Standard("form-label", "<main><form action=\"/x\"><fieldset><legend>one</legend><label>before {slot} after</label></fieldset></form></main>", "label"),
        Standard("svg", "<main><svg viewBox=\"0 0 9 9\"><g><path d=\"M0 0\"/></g>{slot}<circle r=\"1\"/></svg> after</main>", "svg"),
        Standard("svg-g", "<main><svg><g>{slot}<circle r=\"1\"/></g></svg> after</main>", "svg"),
        Standard("svg-title", "<main><svg><title>before {slot}</title><circle r=\"1\"/></svg> after</main>", "div"),
        Standard("svg-text", "<main><svg><text>before {slot} after</text></svg> after</main>", "svg"),
        Standard("foreign-object", "<main><svg><foreignObject><div>before {slot} after</div></foreignObject></svg> after</main>", "div"),
        Standard("math", "<main><math><mrow>{slot}<mi>x</mi></mrow></math> after</main>", "math"),
        Standard("math-mi", "<main><math><mi>before {slot} after</mi></math> after</main>", "div"),
        Standard("template", "<main><template><p>one</p>{slot}<p>two</p></template> after</main>", "template"),
        Standard("template-tr", "<table><template><tr><td>one</td></tr>{slot}</template><tr><td>two</td></tr></table>", "tbody"),
        Standard("ruby", "<main><p><ruby>before<rt>one</rt>{slot}<rt>two</rt></ruby> after</p></main>", "ruby"),
        Standard("rt", "<main><ruby>before<rt>one {slot} two</rt>after</ruby></main>", "rt"),
        Standard("pre", "<main><pre>before {slot}\n after</pre> after</main>", "pre"),
        Standard("b-i-p", "<main><b>one <i>two <p>before {slot} after</p> three</i> four</b> five</main>", "p"),
        Standard("font", "<main><font color=\"red\"><nobr>before {slot} after</nobr></font> five</main>", "nobr"),
        Standard("p-b-i", "<main><p><b class=\"x\"><i>before {slot} after</i></b></p><p>three</p></main>", "i"),
        Standard("object", "<main><p><object data=\"/o\">before {slot} after</object></p></main>", "object"),
        Standard("marquee", "<main><b><marquee>before {slot} after</marquee></b></main>", "marquee"),
        Standard("details", "<details><summary>before {slot} after</summary>three</details>", "summary"),
        Standard("custom", "<my-shell><span slot=\"a\">before {slot} after</span></my-shell>", "span"),
        Standard("center", "<center><address>before {slot} after</address></center>", "address"),
        Standard("noscript", "<main><noscript>before {slot} after</noscript> three</main>", "div"),
        Standard("video", "<video controls><source src=\"/v\">before {slot} after</video>", "video"),
    ];

    public static Place Named(string name) => All.Single(p => p.Name == name);

    private static Place Standard(string name, string body, string inside, string doctype = "<!DOCTYPE html>") => new(
        name,
        $"""
        {doctype}
        <html lang="en">
        <head><meta charset="utf-8"><title>Places</title><link rel="stylesheet" href="/a.css"></head>
        <body class="shop"><header><a href="/">Home</a> <b>Shop</b></header>
        {body.Replace("{slot}", Slot, StringComparison.Ordinal)}
        <footer><p>End <a href="/imprint">Imprint</a> <button>Top</button></p><form action="/search"><input name="q"></form>
        <table><tr><td>x</td></tr></table><select><option>y</select></footer>
        <script src="/last.js"></script></body>
        </html>
        """,
        inside);
}
