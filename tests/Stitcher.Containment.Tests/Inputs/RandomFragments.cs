using System.Text;
using CsCheck;

namespace Stitcher.Containment.Tests.Inputs;

/// <summary>Fragments nobody would write, and fragments somebody wrote that then were damaged.</summary>
internal static class RandomFragments
{
    private static readonly string[] Elements =
    [
        "div", "p", "a", "b", "i", "u", "em", "font", "nobr", "span", "button", "li", "ul", "ol", "dl", "dd", "dt", "table", "caption", "colgroup", "col", "tbody", "thead",
        "tr", "td", "th", "select", "option", "optgroup", "hr", "h1", "h2", "form", "input", "textarea", "label", "fieldset", "legend", "template", "svg", "g", "path",
        "foreignObject", "desc", "title", "math", "mi", "mo", "mtext", "mglyph", "malignmark", "annotation-xml", "style", "script", "noscript", "noembed", "noframes",
        "iframe", "xmp", "listing", "pre", "plaintext", "frameset", "frame", "head", "body", "html", "base", "link", "meta", "object", "applet", "marquee", "embed", "param",
        "ruby", "rt", "rp", "rb", "rtc", "br", "image", "img", "keygen", "isindex", "menuitem", "details", "summary", "dialog", "main", "section", "article", "footer",
        "my-shell", "address", "center", "dir", "menu", "video", "audio", "source", "track", "wbr", "selectedcontent", "search", "fragment", "sarcasm", "area", "canvas",
    ];

    private static readonly string[] Attributes =
    [
        "", "", "", "", " class=x", " id='y'", " href=\"/z\"", " type=hidden", " type=\"text/plain\"", " src=/a.js", " encoding=text/html", " color=red", " shadowrootmode=open",
        " title=\"</noscript></main>\"", " title='<!--'", " title=\"-->\"", " a=<b>", " =", " /", " \"", " onclick=x()", " style=\"color:red\"", " value=&amp", " for=x", " disabled",
    ];

    private static readonly string[] Texts =
    [
        "text", "x", " ", "\n", "\r\n", "\t", "\f", "<!--", "-->", "--!>", "<!-->", "<!--->", "<!-", "<!", "<!doctype html>", "<?php ", "?>", "<?start name=x>", "<![CDATA[", "]]>",
        "</", "</ >", "</>", "<", ">", "<>", "&", "&am", "&amp;", "&lt", "&#", "&#x", "&#0;", "&#x3c;", "&notit;", "\"", "'", "=", "/>", "<a ", "<a href=\"", "</p ", "ä", "\u2028",
        "\U0001F600", "\uFEFF", "\uFFFE", "\u0001", "\u007F", "\u0085", "<!--[if IE]>", "<![endif]-->", "{{x}}", "</script", "</style>", "</title>", "</textarea>", "<script>//", "<!--<script>",
    ];

    private static readonly Gen<string> Tag =
        from name in Gen.OneOf<string>(Elements)
        from kind in Gen.Int[0, 9]
        from attribute in Gen.OneOf<string>(Attributes)
        select kind switch
        {
            < 5 => $"<{name}{attribute}>",
            < 8 => $"</{name}>",
            8 => $"<{name}{attribute}/>",
            _ => $"</{name.ToUpperInvariant()}{attribute}>",
        };

    private static readonly Gen<string> Token = Gen.Frequency((3, Tag), (1, Gen.OneOf<string>(Texts)));

    /// <summary>Tags, ends and beginnings of things, and text, in any order.</summary>
    public static Gen<byte[]> Soup { get; } = Token.Array[0, 16].Select(tokens => Utf8(string.Concat(tokens)));

    /// <summary>Any bytes; most of these are no text.</summary>
    public static Gen<byte[]> Bytes { get; } = Gen.Byte.Array[0, 80];

    /// <summary>Any characters of those that mean something in HTML, so that they seldom mean the same twice.</summary>
    public static Gen<byte[]> Characters { get; } = Gen.Char["<>/!-?='\"&;# \n\rabdiplt"].Array[0, 60].Select(characters => Utf8(new string(characters)));

    /// <summary>Realistic fragments, cut, doubled, spliced and spoilt.</summary>
    public static Gen<byte[]> Damaged { get; } =
        from fragment in Gen.OneOf<string>([.. RealisticFragments.All.Select(f => f.Html)])
        from other in Gen.OneOf<string>([.. RealisticFragments.All.Select(f => f.Html)])
        from edits in Gen.Select(Gen.Int[0, 6], Gen.Double[0, 1], Gen.Double[0, 1], Token).Array[1, 5]
        select Utf8(edits.Aggregate(fragment, (text, edit) => Damage(text, other, edit)));

    /// <summary>All of these.</summary>
    public static Gen<byte[]> Any { get; } = Gen.Frequency((1, Bytes), (2, Characters), (8, Soup), (9, Damaged));

    private static string Damage(string text, string other, (int Kind, double From, double To, string Token) edit)
    {
        var from = (int)(edit.From * text.Length);
        var to = from + (int)(edit.To * Math.Min(40, text.Length - from));
        return edit.Kind switch
        {
            0 => text[..from],
            1 => text[..from] + text[to..],
            2 => text[..to] + text[from..],
            3 => text[..from] + other[(int)(edit.To * other.Length)..],
            4 => text[from..],
            _ => text[..from] + edit.Token + text[to..],
        };
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
