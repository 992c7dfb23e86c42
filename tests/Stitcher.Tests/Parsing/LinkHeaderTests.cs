using System.Text;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class LinkHeaderTests
{
    [Theory]
    [InlineData("</a.css>; rel=stylesheet", "<link rel=\"stylesheet\" href=\"/a.css\">")]
    [InlineData("</a.css>;rel=\"stylesheet\"", "<link rel=\"stylesheet\" href=\"/a.css\">")]
    [InlineData("</a.css>; REL=StyleSheet; rel=preload", "<link rel=\"stylesheet\" href=\"/a.css\">")]
    [InlineData("<a.css>; rel=stylesheet", "<link rel=\"stylesheet\" href=\"/_s/products/fragments/a.css\">")]
    [InlineData("</a.js>; rel=modulepreload", "<link rel=\"modulepreload\" href=\"/a.js\">")]
    [InlineData("</f.woff2>; rel=preload; as=font; crossorigin", "<link rel=\"preload\" href=\"/f.woff2\" as=\"font\" crossorigin>")]
    [InlineData("</a.css>; title=\"x, <y>; z\"; rel=stylesheet", "<link rel=\"stylesheet\" href=\"/a.css\">")]
    [InlineData("</a.css?x=\"><script>>; rel=stylesheet", "<link rel=\"stylesheet\" href=\"/a.css?x=&quot;\">")]
    [InlineData("</a.css>; rel=stylesheet, </b.css>; rel=stylesheet", "<link rel=\"stylesheet\" href=\"/a.css\"><link rel=\"stylesheet\" href=\"/b.css\">")]
    [InlineData("</a.css>; rel=icon, </b>; rel=canonical, </c>; rel=next", "")]
    [InlineData("</a.css>", "")]
    [InlineData("/a.css; rel=stylesheet", "")]
    [InlineData("</a.css; rel=stylesheet", "")]
    [InlineData("<https://cdn.example/a.css>; rel=stylesheet", "")]
    [InlineData("<//cdn.example/a.css>; rel=stylesheet", "")]
    [InlineData("</\\cdn.example/a.css>; rel=stylesheet", "")]
    [InlineData("<>; rel=stylesheet", "")]
    [InlineData("", "")]
    public void Links_of_this_site_become_head_parts(string header, string html) => Assert.Equal(html, Html(header, TrustLevel.App));

    [Fact]
    public void An_address_cannot_break_out_of_its_attribute() =>
        Assert.DoesNotContain("<script", Html("</a\"><script src=x//>; rel=stylesheet", TrustLevel.App).Replace("<link", "", StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public void Only_the_first_eight_links_of_an_answer_count() =>
        Assert.Equal(8, new HeadReader(Origin(TrustLevel.App)).ReadLinks(string.Join(", ", Enumerable.Range(0, 50).Select(i => $"</{i}.css>; rel=stylesheet"))).Length);

    [Fact]
    public void Markup_brings_no_links() => Assert.Empty(Html("</a.css>; rel=stylesheet", TrustLevel.Markup));

    private static string Html(string header, TrustLevel trust) =>
        string.Concat(new HeadReader(Origin(trust)).ReadLinks(header).Select(p => Encoding.UTF8.GetString(p.Html.Span)));

    private static FragmentOrigin Origin(TrustLevel trust) => new("products", trust, "/fragments/card");
}
