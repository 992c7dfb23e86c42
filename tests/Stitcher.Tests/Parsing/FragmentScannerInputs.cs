using System.Text;
using Stitcher.Parsing;

namespace Stitcher.Tests.Parsing;

/// <summary>
/// Writes fragments that are nearly always well-formed, out of a row of decisions, so that the property's shrinking shortens the fragment.
/// Every element may stand in every other: which of these nestings a parser repairs is what the scanner has to know.
/// </summary>
internal sealed class FragmentScannerInputs(byte[] decisions)
{
    private static readonly string[] Elements =
    [
        .. ("div span p ul ol li dl dt dd a b i em strong u s small code tt font big strike h1 h2 h6 button form section main pre address details "
            + "table caption colgroup thead tbody tfoot tr td th select optgroup option datalist textarea svg g path text use label fieldset figure "
            + "video picture x-card font-face-src nobr menu center object marquee applet ruby rt rp rb math mi title script style template noscript "
            + "iframe listing xmp html head body frameset fragment slot dialog search hgroup search-box legend meter output summary dir "
            + "foreignObject desc image article").Split(' '),
    ];

    // Real fragments are made of these; drawn more often than the others, so that deep trees are reached.
    private static readonly string[] Usual = [.. "div span p ul li a b em h2 button table tbody tr td select option svg path dl dt dd".Split(' ')];

    private static readonly string[] Voids = [.. "br img input hr wbr source track area col base link meta embed param keygen bgsound frame".Split(' ')];

    private static readonly string[] Attributes =
    [
        "", "", "", "", " class=\"a b\"", " id=x", " href=\"/a?b=1&amp;c=2\"", " href=/x", " href=#", " href=\"rel.html\"", " href=\"../x\"", " href=''",
        " href=\"https://e.example/\"", " href=\"mailto:a@e.example\"", " href=\" /x\"", " href=\"javascript:1\"", " href=\"&#106;avascript:1\"",
        " src=\"/i.png\"", " src=i.png", " srcset=\"/a.png 1x, /b.png 2x\"", " srcset=\"/a.png,b.png 2x\"", " srcset=\"/a.png 1x,b.png 2x\"",
        " srcset=\"/a 1x,, /b\"", " srcset=\" , /a\"", " srcset=\"/a, b\"", " srcset=\"/a (1,b) 2x\"", " imagesrcset='/a 1x'", " imagesrcset='a 1x'",
        " style=\"color:red\"", " style=\"background:url(/x)\"", " style=\"background:url(x)\"", " style=\"background:URL(x)\"",
        " style=\"background:u&#114;l(x)\"", " style='width:calc(1px + 2px)'", " style=\"a:url\"", " onclick=\"x()\"", " onx", " on", " data=\"/x\"",
        " data=x", " data-module=a/B", " data-topics='{}'", " data-fragment=/_f/a/B", " data-x='{\"a\":\"<b>\"}'", " data-x=\"a>b\"", " poster=/p", " poster=p", " action=\"/a\"", " action=a", " formaction=/f",
        " formaction=f", " xlink:href=\"#a\"", " xlink:href=\"a\"", " xml:base=\"/x\"", " to=\"javascript:1\"", " values=a", " from=/x", " data-x='</noscript>'", " data-x='</b> </NOSCRIPT'", " data-x='</noscrip'", " by=1", " for=x", " srcdoc=x",
        " viewBox=\"0 0 1 1\"", " preserveAspectRatio=none", " VIEWBOX=0", " Href=x", " a=b a=c", " href=/x href=y", " disabled", " disabled=", " =x",
        " a=\"1\"b=\"2\"", " a = \"1\"", " a=b/", " a='&amp'", " a=\"&lt\"", " a=\"&#x\"", " a=\"&\"", " a=&", " a=`", " a=<", " \"", " '", " a\u00e9=1",
        " a=\u00e9", "\n\tclass=x", "\r\nid=y", "\ftitle=z", "/", " / ", " /", " itemprop=name", " type=hidden", " type=text", " is=x-y", " :class=\"b\"",
        " @click=\"b\"", " xmlns=\"http://www.w3.org/1999/xhtml\"", " encoding=\"text/html\"", " color=red",
    ];

    private static readonly string[] Texts =
    [
        "", "", "a", "word two", " ", "\n", "  \n", "\t", "\f", "\r\n", "\r", "&amp;", "&nbsp;", "&am", "&", "& b", "a&b", "&notit;", "&#13;", "&#0;",
        "&#x80;", "&#1114112;", "&#", "&#x", "&lt", "&copy=", "é", "\uFEFF", "\u0001", "\u007f", "\u0085", "\u2028", "\uFFFE", "<", "< a", "<1", "</", "</>", "<?x?>", "<!x>",
        "<!doctype html>", "<![CDATA[x]]>", "</noscript>", ">", "\"", "'", "--", "]]>", "-->",
    ];

    private static readonly string[] Comments =
    [
        "<!---->", "<!-- a -->", "<!--a-->", "<!--a--b-->", "<!-->", "<!--->", "<!--a--!>", "<!--a", "<!--a->-->", "<!-- <b> -->", "<!--?start name=x-->", "<!-- ?a -->", "<!-- </noscript> -->", "<!-- </b></noScript -->", "<!-- </nos -->", "<!-- <!-- -->", "<!--a--->", "<!->", "<!--[if IE]>x<![endif]-->",
    ];

    private static readonly SlotContext[] Contexts =
    [
        .. new[]
        {
            "", "", "", "", "p", "a", "button", "li", "dd", "dt", "h2", "form", "b", "em", "a b", "li li", "li p", "form button", "table tbody tr td", "table tbody tr th",
            "p table tbody tr td", "li table tbody tr td a", "table tbody tr td table tbody tr td", "table tbody tr td p", "form table tbody tr td", "table tbody", "table", "table caption", "table tbody tr", "select", "select optgroup", "option", "svg", "math mi", "template",
            "pre", "ruby", "ruby rt", "object", "marquee td", "nobr", "b b b", "i i i i", "font font font",
        }.SelectMany(names => new[] { false, true }.Select(quirks => SlotContext.Of($"html body {names}".TrimEnd().Split(' '), quirks))),
        SlotContext.Of(["html", "head"], quirks: false),
    ];

    private readonly StringBuilder _html = new();
    private int _at;

    public SlotContext Context { get; private set; } = SlotContext.Body;

    public byte[] Html { get; private set; } = [];

    public ParseLimits Limits { get; private set; } = FragmentScannerOracle.Limits;

    public static FragmentScannerInputs From(byte[] decisions)
    {
        var inputs = new FragmentScannerInputs(decisions);
        inputs.Context = Contexts[inputs.Next(Contexts.Length)];
        if (inputs.Next(8) == 0)
        {
            inputs.Limits = inputs.Limits with { Elements = inputs.Next(60), Depth = 1 + inputs.Next(20) };
        }

        inputs.Content(0);
        inputs.Html = Encoding.UTF8.GetBytes(inputs._html.ToString());
        inputs.Mutate();
        return inputs;
    }

    private void Content(int depth)
    {
        var children = depth > 7 ? 0 : Next(depth == 0 ? 5 : 4);
        for (var i = 0; i < children && _at < decisions.Length; i++)
        {
            switch (Next(16))
            {
                case 0:
                    _html.Append(Comments[Next(4) == 0 ? Next(Comments.Length) : Next(3)]);
                    break;
                case 1:
                    _html.Append('<').Append(Voids[Next(3) == 0 ? Next(Voids.Length) : Next(5)]).Append(Attribute()).Append(Next(2) == 0 ? ">" : "/>");
                    break;
                case 2 or 3 or 4:
                    _html.Append(Texts[Next(4) == 0 ? Next(Texts.Length) : Next(12)]);
                    break;
                case 5:
                    Structure(depth);
                    break;
                default:
                    Element(Next(3) == 0 ? Elements[Next(Elements.Length)] : Usual[Next(Usual.Length)], depth);
                    break;
            }
        }
    }

    private void Element(string name, int depth)
    {
        _html.Append('<').Append(name).Append(Attribute());
        if (Next(40) == 0)
        {
            _html.Append("/>");
            return;
        }

        _html.Append('>');
        Content(depth + 1);
        if (Next(60) != 0)
        {
            _html.Append("</").Append(name).Append(Next(30) == 0 ? " \n" : "").Append('>');
        }
    }

    // What a blind draw would seldom hit: the inside of tables, lists, selects, drawings, in their right order and slightly wrong.
    private void Structure(int depth)
    {
        string[] path = Next(7) switch
        {
            0 => ["table", "tbody", "tr", "td"],
            1 => ["table", "tr", "th"],
            2 => ["ul", "li"],
            3 => ["select", "option"],
            4 => ["select", "optgroup", "option"],
            5 => ["dl", "dd"],
            _ => ["svg", "title"],
        };
        foreach (var name in path)
        {
            _html.Append('<').Append(name).Append(Attribute()).Append('>');
            if (Next(12) == 0)
            {
                Content(depth + 2);
            }
        }

        Content(depth + 2);
        foreach (var name in path.Reverse())
        {
            if (Next(50) == 0)
            {
                Content(depth + 2);
            }

            _html.Append("</").Append(name).Append('>');
        }
    }

    private string Attribute() => Next(3) == 0 ? Attributes[Next(Attributes.Length)] + (Next(5) == 0 ? Attributes[Next(Attributes.Length)] : "") : "";

    private void Mutate()
    {
        if (Html.Length == 0 || Next(4) != 3)
        {
            return;
        }

        var at = (Next(256) * 256 + Next(256)) % Html.Length;
        byte[] bytes = [0, (byte)'<', (byte)'>', (byte)'/', (byte)'"', (byte)' ', (byte)'-', (byte)'=', 0xC3, 0xFF, (byte)'a', (byte)'A', (byte)'!', (byte)'&'];
        Html = Next(3) switch
        {
            0 => [.. Html[..at], .. Html[(at + 1)..]],
            1 => [.. Html[..at], bytes[Next(bytes.Length)], .. Html[at..]],
            _ => [.. Html[..at], bytes[Next(bytes.Length)], .. Html[(at + 1)..]],
        };
    }

    private int Next(int count) => _at < decisions.Length ? decisions[_at++] % count : 0;
}
