using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Configuration;
using Stitcher.Parsing;

namespace Stitcher.Tests.Parsing;

/// <summary>A layout with one slot, and what a fragment makes of it. Judges containment by trees of its own, not by the code under test.</summary>
internal sealed class SlotInLayout
{
    public static readonly ParseLimits Limits = ParseLimits.From(new LimitOptions());

    // What follows a slot can be harmed in many ways; each of these notices another.
    private const string Rest =
        "<form action=\"/search\"><input name=\"q\"></form><p>text <b>bold</b></p><table><tr><td>cell</td></tr></table><a href=\"/\">home</a><ul><li>last</li></ul><footer>end</footer>";

    private readonly string _before;
    private readonly string _after;
    private readonly string[] _empty;

    private SlotInLayout(string before, string after)
    {
        _before = before;
        _after = after;
        var markup = LayoutParser.Parse(Encoding.UTF8.GetBytes(before + "<fragment src=\"products/Card\"/>" + after), "layout.html", []);
        Context = markup!.Slots.Single().Context;
        _empty = Views("");
    }

    public SlotContext Context { get; }

    /// <summary>A slot between these two in a body, with more of a page before and behind.</summary>
    public static SlotInLayout Between(string opening, string closing) =>
        new($"<!DOCTYPE html><html lang=\"en\"><head><title>Layout</title></head><body class=\"shop\"><header><h1>Shop</h1></header>{opening}", $"{closing}{Rest}</body></html>");

    /// <summary>Places as layouts have them; none closes itself at the next tag of its kind only by luck.</summary>
    public static IReadOnlyDictionary<string, SlotInLayout> Places { get; } = new Dictionary<string, SlotInLayout>
    {
        ["body"] = Between("", ""),
        ["main"] = Between("<main><div class=\"grid\"><section>", "</section></div></main>"),
        ["element"] = Between("<my-app><span>", "</span></my-app>"),
        ["p"] = Between("<p>before ", " behind</p>"),
        ["a"] = Between("<a href=\"/x\">", " behind</a>"),
        ["button"] = Between("<button>", " behind</button>"),
        ["li"] = Between("<ul><li>", " behind</li><li>next</li></ul>"),
        ["dd"] = Between("<dl><dt>term</dt><dd>", "</dd><dt>next</dt></dl>"),
        ["td"] = Between("<table><tbody><tr><td>", "</td><td>next</td></tr></tbody></table>"),
        ["tr"] = Between("<table><tbody><tr><td>first</td>", "<td>last</td></tr></tbody></table>"),
        ["table"] = Between("<table><caption>c</caption>", "<tbody><tr><td>last</td></tr></tbody></table>"),
        ["select"] = Between("<select><option>first</option>", "<option>last</option></select>"),
        ["h1"] = Between("<h1>", " behind</h1>"),
        ["form"] = Between("<form action=\"/buy\"><div>", "</div><button>Buy</button></form>"),
        ["svg"] = Between("<svg viewBox=\"0 0 9 9\"><g>", "</g><circle r=\"1\"/></svg>"),
        ["foreignObject"] = Between("<svg><foreignObject>", "</foreignObject></svg>"),
        ["math"] = Between("<math><mrow>", "</mrow></math>"),
        ["template"] = Between("<template><p>", "</p></template>"),
        ["noscript"] = Between("<noscript>", "</noscript>"),
        ["b"] = Between("<b>bold ", " behind</b>"),
        ["nobr"] = Between("<nobr>", " behind</nobr>"),
        ["pre"] = Between("<pre>x", "</pre>"),
        ["details"] = Between("<details><summary>", "</summary>more</details>"),
        ["object"] = Between("<object>", "</object>"),
        ["ruby"] = Between("<ruby>base<rt>", "</rt></ruby>"),
    };

    // A clock that stands still: a busy machine is no reason to refuse anything.
    public MarkupResult Compile(byte[] bytes, TrustLevel trust = TrustLevel.Markup)
    {
        var origin = new FragmentOrigin("products", trust, "/fragments/card");
        return FragmentParser.TryProve(bytes, origin, Context, Limits, out var proven) ? proven : new FragmentParser(new FakeTimeProvider()).Parse(bytes, origin, Context, Limits);
    }

    public MarkupResult Compile(string html, TrustLevel trust = TrustLevel.Markup) => Compile(Encoding.UTF8.GetBytes(html), trust);

    /// <summary>What the slot shows, and what goes to the head.</summary>
    public Markup Accept(string html, TrustLevel trust = TrustLevel.Markup) =>
        Compile(html, trust) is { Markup: { } markup } ? markup : throw new Xunit.Sdk.XunitException($"Refused: {Compile(html, trust).Refusal}");

    /// <summary>What the slot shows.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">The fragment was refused.</exception>
    public string Show(string html, TrustLevel trust = TrustLevel.Markup) => TextOf(Accept(html, trust));

    public static string TextOf(Markup markup) => string.Concat(markup.Pieces.Select(p => Encoding.UTF8.GetString(p.Bytes.Span)));

    /// <summary>The document that a browser makes of the page with this in the slot.</summary>
    public IHtmlDocument PageWith(string shown, bool scripting = true) =>
        new HtmlParser(new HtmlParserOptions { IsScripting = scripting }).ParseDocument(_before + shown + _after);

    /// <summary>Whether everything outside of the slot is as with an empty slot, for browsers with and without scripts.</summary>
    public bool IsContained(string shown) => Views(shown).SequenceEqual(_empty);

    private string[] Views(string shown) => [Marked(shown, true), Marked(shown, false), Landmarks(shown, true), Landmarks(shown, false)];

    // The tree without what is between two comments where the slot is.
    private string Marked(string shown, bool scripting)
    {
        var page = PageWith("<!--slot begins-->" + shown + "<!--slot ends-->", scripting);
        var comments = Nodes(page).OfType<IComment>().ToList();
        var begin = comments.FirstOrDefault(c => c.Data == "slot begins");
        var end = comments.LastOrDefault(c => c.Data == "slot ends");
        if (begin is null || end is null)
        {
            // To a browser that runs scripts, the inside of this element is text, and so are the marks.
            var text = page.QuerySelectorAll("noscript").FirstOrDefault(e => e.TextContent.StartsWith("<!--slot begins-->", StringComparison.Ordinal));
            if (text?.TextContent.EndsWith("<!--slot ends-->", StringComparison.Ordinal) == true)
            {
                text.TextContent = "";
            }

            return page.DocumentElement.OuterHtml;
        }

        while (begin.NextSibling is { } next && next != end)
        {
            next.RemoveFromParent();
        }

        return page.Doctype?.Name + page.DocumentElement.OuterHtml;
    }

    // Without marks, which could keep apart what would run together: where the layout's own elements behind the slot stand, and what is in them.
    private string Landmarks(string shown, bool scripting)
    {
        var page = PageWith(shown, scripting);
        string[] landmarks = ["form[action='/search']", "a[href='/']", "ul", "footer"];
        return string.Join('\n', landmarks.Select(l => page.QuerySelectorAll(l) is [.., var last] ? PathTo(last) + last.OuterHtml : l + " is gone"));
    }

    private static string PathTo(IElement element) => element.ParentElement is { } parent ? $"{PathTo(parent)} {element.LocalName}.{element.ClassName}" : "";

    private static IEnumerable<INode> Nodes(INode node)
    {
        foreach (var child in (node as IHtmlTemplateElement)?.Content.ChildNodes ?? node.ChildNodes)
        {
            yield return child;
            foreach (var descendant in Nodes(child))
            {
                yield return descendant;
            }
        }
    }
}
