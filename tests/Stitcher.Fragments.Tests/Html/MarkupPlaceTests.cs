using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using Xunit;

namespace Stitcher.Fragments.Tests.Html;

public sealed class MarkupPlaceTests
{
    private const string Value = "x";

    [Fact]
    public void A_hole_without_quotes_is_refused_with_the_attributes_name()
    {
        var error = Assert.Throws<FormatException>(() => FragmentMarkup.Html($"<input value={Value}>"));

        Assert.Contains("unquoted attribute 'value'", error.Message, StringComparison.Ordinal);
        Assert.Contains("quoted", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> UnsafePlaces { get; } = new()
    {
        { "<", ">" },
        { "</", ">" },
        { "<p", ">" },
        { "<p ", ">" },
        { "<p title", "=''>" },
        { "<p title=", ">" },
        { "<p title=a", ">" },
        { "<p title = a", ">" },
        { "<p title=\"\"", ">" },
        { "<script>", "</script>" },
        { "<script type=\"module\">let a = '", "'</script>" },
        { "<style>a{color:", "}</style>" },
        { "<iframe>", "</iframe>" },
        { "<!-- ", " -->" },
        { "<!doctype ", ">" },
        { "<a onclick=\"", "\"></a>" },
        { "<a ONCLICK='", "'></a>" },
        { "<iframe srcdoc=\"", "\"></iframe>" },
        { "<p style=\"color:", "\"></p>" },
    };

    [Theory]
    [MemberData(nameof(UnsafePlaces))]
    public void A_hole_where_encoding_does_not_help_is_refused(string before, string after) =>
        Assert.Throws<FormatException>(() => Compose(before, Value, after));

    [Fact]
    public void Markup_is_refused_in_attributes_and_in_elements_that_hold_text()
    {
        var bold = FragmentMarkup.Html($"<b>x</b>");

        Assert.Throws<FormatException>(() => FragmentMarkup.Html($"<p title=\"{bold}\"></p>"));
        Assert.Throws<FormatException>(() => FragmentMarkup.Html($"<textarea>{bold}</textarea>"));
    }

    [Theory]
    [InlineData("<p title=\"")]
    [InlineData("<p")]
    [InlineData("<script>")]
    [InlineData("<!-- ")]
    [InlineData("text <")]
    public void Markup_that_ends_in_the_middle_is_refused(string literal) =>
        Assert.Throws<FormatException>(() => Compose(literal));

    [Fact]
    public void Things_that_are_neither_text_nor_markup_are_refused()
    {
        Assert.Throws<FormatException>(() => FragmentMarkup.Html($"<p>{new[] { "a", "b" }}</p>"));
        Assert.Throws<FormatException>(() => FragmentMarkup.Html($"<p>{Task.FromResult("a")}</p>"));
    }

    [Fact]
    public void Numbers_may_stand_in_a_style() =>
        Assert.Equal("<i style=\"width:12.5%\"></i>", FragmentMarkup.Html($"<i style=\"width:{12.5}%\"></i>").ToString());

    [Theory]
    [InlineData("https://shop.example/a?b=1")]
    [InlineData("/products/7")]
    [InlineData("../assets/7.svg")]
    [InlineData("//cdn.example/x")]
    [InlineData("?page=2:3")]
    [InlineData("#top")]
    [InlineData("a/b:c")]
    [InlineData("mailto:a@b.example")]
    [InlineData("TEL:+49")]
    [InlineData("")]
    [InlineData("data:image/png;base64,AAAA")]
    public void A_harmless_address_is_left_alone(string address)
    {
        Assert.Equal(address, FragmentMarkup.Url(address));
        Assert.Equal(address, Link(FragmentMarkup.Html($"<a href=\"{address}\">x</a>")));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" \u0001javascript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("java\r\nscript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("data:image/svg+xml,<svg onload=alert(1)>")]
    [InlineData("vbscript:x")]
    [InlineData("blob:x")]
    public void A_dangerous_address_is_replaced(string address)
    {
        Assert.Equal("about:invalid", FragmentMarkup.Url(address));
        Assert.Equal("about:invalid", Link(FragmentMarkup.Html($"<a href=\"{address}\">x</a>")));
        Assert.Equal("about:invalid", Link(FragmentMarkup.Html($"<a class=\"k\" href = '{address}'>x</a>")));
    }

    [Fact]
    public void An_address_made_of_several_parts_is_judged_as_a_whole()
    {
        Assert.Equal("about:invalid", Link(FragmentMarkup.Html($"<a href=\"java{"script"}{":alert(1)"}\">x</a>")));
        Assert.Equal("/p/javascript:x?q=a:b", Link(FragmentMarkup.Html($"<a href=\"/p/{"javascript:x"}?q={"a:b"}\">x</a>")));
    }

    [Fact]
    public void An_optional_attribute_is_written_or_left_out_as_a_whole()
    {
        Assert.Equal(
            "<a href=\"/\" aria-current=\"page\">x</a>",
            FragmentMarkup.Html($"<a href=\"/\" {FragmentMarkup.Attribute("aria-current", "page")}>x</a>").ToString());
        Assert.Equal(
            "<option value=\"1\" >x</option><option selected disabled>y</option>",
            FragmentMarkup.Html($"<option value=\"{1}\" {FragmentMarkup.Attribute("selected", false)}>x</option><option selected {FragmentMarkup.Attribute("disabled", true)}>y</option>").ToString());
        Assert.Equal(
            "<p title=\"&quot;&gt;\"></p>", FragmentMarkup.Html($"<p {FragmentMarkup.Attribute("title", "\">")}></p>").ToString());
    }

    [Theory]
    [InlineData("onclick")]
    [InlineData("href")]
    [InlineData("style")]
    [InlineData("a b")]
    [InlineData("a=b")]
    [InlineData("\"")]
    [InlineData("")]
    public void An_optional_attribute_holds_plain_text_only(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => FragmentMarkup.Attribute(name, "x"));

    [Fact]
    public void An_optional_attribute_belongs_between_attributes()
    {
        Assert.Throws<FormatException>(() => FragmentMarkup.Html($"<p>{FragmentMarkup.Attribute("title", "x")}</p>"));
        Assert.Throws<FormatException>(() => FragmentMarkup.Html($"<p title=\"{FragmentMarkup.Attribute("title", "x")}\"></p>"));
    }

    [Fact]
    public void Behind_what_may_be_a_tag_a_textarea_is_no_place_for_a_hole() =>
        Assert.Throws<FormatException>(() => FragmentMarkup.Html($"<math><textarea>!<p {"a=b"}</textarea>"));

    [Fact]
    public void Whatever_the_literals_are_a_hole_that_is_accepted_makes_no_element_and_no_attribute()
    {
        const string Hostile = "\"'`><evil evil=1 x=--><evil></script></style></textarea></title><evil/>]]><evil>{{ \0 & &lt;evil&gt; = evil=2 ";
        var literal = Gen.OneOf(
            "<p ", "<p>", "</p>", "title=", "title =", "href=\"", "\"", "'", " ", ">", "/>", "<", "</", "/", "=", "!", "-", "<!--", "-->", "--!>", "<!doctype html>", "<?x",
            "<script>", "</script>", "</script", "<style>", "</style>", "<textarea>", "</textarea>", "<title>", "</title>", "<svg>", "</svg>", "<math>",
            "<![CDATA[", "]]>", "<xmp>", "</xmp>", "<template>", "<select>", "<table>", "<a b", "text", "a", "\t", "\n", "&", "<noscript>", "</noscript>", "<plaintext>");
        Gen.OneOf(literal, Gen.Const((string)null!)).List[1, 14].Sample(static parts =>
        {
            FragmentMarkup markup;
            try
            {
                markup = Compose([.. parts.Select(static part => part is null ? (Hostile, true) : (part, false))]);
            }
            catch (FormatException)
            {
                return true;
            }

            var document = new HtmlParser().ParseDocument(markup.ToString());
            return document.All.All(static element =>
                element.LocalName != "evil" && element.Attributes.All(static attribute => !attribute.Name.Contains("evil", StringComparison.Ordinal)));
        }, iter: 30_000);
    }

    private static string? Link(FragmentMarkup markup) =>
        new HtmlParser().ParseDocument(markup.ToString()).QuerySelector("a")!.GetAttribute("href");

    private static FragmentMarkup Compose(string literal) => Compose((literal, false));

    private static FragmentMarkup Compose(string before, string hole, string after) => Compose((before, false), (hole, true), (after, false));

    // What the compiler writes for an interpolated string.
    private static FragmentMarkup Compose(params (string Text, bool IsHole)[] parts)
    {
        var handler = new FragmentMarkupHandler(0, parts.Length);
        foreach (var (text, isHole) in parts)
        {
            if (isHole)
            {
                handler.AppendFormatted(text);
            }
            else
            {
                handler.AppendLiteral(text);
            }
        }

        return FragmentMarkup.Html(ref handler);
    }
}
