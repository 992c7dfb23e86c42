using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using Xunit;

namespace Stitcher.Fragments.Tests.Html;

public sealed class MarkupEncodingTests
{
    private static readonly HtmlParser Parser = new();

    [Fact]
    public void Any_text_arrives_in_the_browser_as_it_was_in_text_and_in_quoted_attributes() =>
        HostileText.Sample(static hole =>
        {
            var markup = FragmentMarkup.Html($"<p title=\"{hole}\" data-x='{hole}'>{hole}</p>");
            var paragraph = Assert.Single(Parser.ParseDocument(markup.ToString()).Body!.Children);
            var expected = Representable(hole);
            return paragraph.ChildElementCount == 0
                && paragraph.Attributes.Length == 2
                && paragraph.TextContent == expected
                && paragraph.GetAttribute("title") == expected
                && paragraph.GetAttribute("data-x") == expected;
        }, iter: 5_000);

    [Fact]
    public void Any_text_arrives_as_it_was_in_title_and_textarea() =>
        HostileText.Where(static text => !text.StartsWith('\n')).Sample(static hole =>
        {
            var markup = FragmentMarkup.Html($"<textarea>{hole}</textarea><i></i>");
            var body = Parser.ParseDocument(markup.ToString()).Body!;
            return body.ChildElementCount == 2 && body.Children[0].TextContent == Representable(hole);
        });

    [Fact]
    public void A_text_alone_is_encoded_too() =>
        Assert.Equal("&lt;b&gt; &amp; &quot;q&quot; &#39;s&#39;", FragmentMarkup.Text("<b> & \"q\" 's'").ToString());

    [Fact]
    public void Markup_and_lists_of_markup_are_put_in_as_they_are()
    {
        var items = Enumerable.Range(1, 3).Select(static number => FragmentMarkup.Html($"<li>{number}</li>"));
        var list = new List<FragmentMarkup> { FragmentMarkup.Trusted("<hr>"), FragmentMarkup.Html($"<br>") };

        Assert.Equal(
            "<ul><li>1</li><li>2</li><li>3</li></ul><hr><br><p></p>",
            FragmentMarkup.Html($"<ul>{items}</ul>{list}<p>{(FragmentMarkup?)null}{(string?)null}</p>").ToString());
    }

    [Fact]
    public void Numbers_and_times_do_not_depend_on_the_machines_language()
    {
        var culture = CultureInfo.CurrentCulture;
        // The project runs without culture data, so a language of one's own stands for the others.
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
        try
        {
            Assert.Equal(
                "1.5 -3 2,000.50 2026-11-22T10:00:00+00:00 2026-11-22 true",
                FragmentMarkup.Html($"{1.5} {-3} {2000.5m:N2} {new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero)} {new DateOnly(2026, 11, 22)} {true}").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Parts_are_joined_in_order() =>
        Assert.Equal("<a></a><b></b>", FragmentMarkup.Join([FragmentMarkup.Html($"<a></a>"), FragmentMarkup.Html($"<b></b>")]).ToString());

    [Fact]
    public void Markup_is_utf8() =>
        Assert.Equal("<p>çà 🛒</p>"u8.ToArray(), FragmentMarkup.Html($"<p>{"çà 🛒"}</p>").Utf8.ToArray());

    internal static Gen<string> HostileText { get; } = Gen.OneOf(
        Gen.String,
        Gen.OneOf(
            "<", ">", "\"", "'", "&", "&amp;", "&lt", "&#60;", "<script>", "</p>", "<!--", "-->", "`", "=", "\r", "\n", "\r\n", "\t", "\0", "\u0080", "\u2028", "\ufeff",
            "😀", "\ud800", " onclick=x ", "]]>", "</textarea>", "javascript:")
            .List[0, 12].Select(static parts => string.Concat(parts)));

    // HTML has no way to write NUL or half a character.
    internal static string Representable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\ufffd');
}
