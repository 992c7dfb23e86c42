using System.Text;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class WholeDocumentTests
{
    private static readonly SlotInLayout Slot = SlotInLayout.Places["main"];

    [Theory]
    [InlineData("<!doctype html><title>T</title><p>x</p>")]
    [InlineData("\uFEFF \n<!-- made by products --> <HTML lang=de><head><title>T</title></head><body class=b><p>x</p></body></html>")]
    [InlineData("<head><title>T</title></head><p>x</p>")]
    [InlineData("<!DOCTYPE html SYSTEM \"about:legacy-compat\"><html><head><title>T</title><body><p>x</p>")]
    public void A_whole_documents_head_goes_to_the_head_and_its_body_to_the_slot(string html)
    {
        var markup = Slot.Accept(html);
        Assert.Equal("<p>x</p>", SlotInLayout.TextOf(markup).Trim());
        var title = Assert.Single(markup.Head);
        Assert.Equal((HeadPartKind.Title, "<title>T</title>"), (title.Kind, Text(title)));
    }

    [Theory]
    [InlineData("<header>x</header>")]
    [InlineData("<html-viewer>x</html-viewer>")]
    [InlineData("<headline>x</headline>")]
    [InlineData("<!-- <html> --><p>x</p>")]
    [InlineData("text <html>")]
    public void What_only_looks_like_a_document_is_a_bare_fragment(string html) => Assert.Empty(Slot.Accept(html).Head);

    [Theory]
    [InlineData("<link rel=\"stylesheet\" href=\"card.css\">", "Stylesheet", "stylesheet /_s/products/fragments/card.css", "<link rel=\"stylesheet\" href=\"/_s/products/fragments/card.css\">")]
    [InlineData("<link rel=\"canonical\" href=\"/products/7\">", "Canonical", "canonical", "<link rel=\"canonical\" href=\"/products/7\">")]
    [InlineData("<link rel=\"modulepreload\" href=\"/a.js\" integrity=\"sha256-x\">", "Preload", "modulepreload /a.js", "<link rel=\"modulepreload\" href=\"/a.js\" integrity=\"sha256-x\">")]
    [InlineData("<meta name=\"Description\" content=\"d\">", "Meta", "meta description", "<meta name=\"Description\" content=\"d\">")]
    [InlineData("<meta property=\"og:title\" content=\"d\">", "Meta", "meta og:title", "<meta property=\"og:title\" content=\"d\">")]
    [InlineData("<script type=\"module\" src=\"a.js\"></script>", "Script", "script /_s/products/fragments/a.js", "<script type=\"module\" src=\"/_s/products/fragments/a.js\"></script>")]
    [InlineData("<style>p{background:url(a.png)}</style>", "Style", "style p{background:url(/_s/products/fragments/a.png)}", "<style>p{background:url(/_s/products/fragments/a.png)}</style>")]
    [InlineData("<script type=\"application/ld+json\">{\"@type\":\"Product\"}</script>", "Data", "data application/ld+json  {\"@type\":\"Product\"}", "<script type=\"application/ld+json\">{\"@type\":\"Product\"}</script>")]
    public void A_head_part_is_known_by_what_it_is_and_points_at_its_service(string html, string kind, string key, string written)
    {
        var part = Assert.Single(HeadOf(html, TrustLevel.App));
        Assert.Equal((kind, key, written), (part.Kind.ToString(), part.Key, Text(part)));
    }

    [Theory]
    [InlineData("<meta charset=\"utf-7\">")]
    [InlineData("<meta name=\"viewport\" content=\"width=1\">")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=/\">")]
    [InlineData("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src *\">")]
    [InlineData("<meta name=\"x\" http-equiv=\"refresh\" content=\"0;url=/\">")]
    [InlineData("<base href=\"/evil/\">")]
    [InlineData("<script type=\"importmap\">{}</script>")]
    [InlineData("<script type=\"speculationrules\">{}</script>")]
    [InlineData("<noscript><meta http-equiv=\"refresh\" content=\"0;url=/\"></noscript>")]
    [InlineData("<template><p>x</p></template>")]
    [InlineData("<link rel=\"manifest\" href=\"/m.json\">")]
    [InlineData("<link rel=\"import\" href=\"/x.html\">")]
    public void What_a_page_has_only_one_of_cannot_come_from_a_fragment(string html) => Assert.Empty(HeadOf(html, TrustLevel.Trusted));

    [Theory]
    [InlineData("<link rel=\"stylesheet\" href=\"/a.css\">")]
    [InlineData("<link rel=\"preload\tstylesheet\" href=\"/a.css\">")]
    [InlineData("<style>p{}</style>")]
    [InlineData("<script src=\"/a.js\"></script>")]
    public void Markup_brings_neither_styles_nor_scripts_to_the_head(string html) => Assert.Empty(HeadOf(html, TrustLevel.Markup));

    [Fact]
    public void An_app_brings_no_inline_code_to_the_head() => Assert.Empty(HeadOf("<script>x()</script><script type=\"module\">x()</script>", TrustLevel.App));

    [Fact]
    public void A_slot_in_the_head_takes_head_parts_only()
    {
        var context = SlotContext.Of(["html", "head"], quirks: false);
        var result = new FragmentParser(TimeProvider.System).Parse(
            Encoding.UTF8.GetBytes("<meta name=\"a\" content=\"b\"><p>not here</p>"), new FragmentOrigin("products", TrustLevel.App, "/"), context, SlotInLayout.Limits with { Time = TimeSpan.FromMinutes(1) });
        Assert.Empty(result.Markup!.Pieces);
        Assert.Equal("meta a", Assert.Single(result.Markup.Head).Key);
    }

    [Fact]
    public void A_whole_documents_body_is_held_like_any_fragment() =>
        Assert.StartsWith("context: ", SlotInLayout.Places["p"].Compile("<!doctype html><body><div>x</div>").Refusal, StringComparison.Ordinal);

    private static System.Collections.Immutable.ImmutableArray<HeadPart> HeadOf(string head, TrustLevel trust) => Slot.Accept($"<!doctype html><head>{head}</head><body></body>", trust).Head;

    private static string Text(HeadPart part) => Encoding.UTF8.GetString(part.Html.Span);
}
