using System.Text;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Parsing;
using Stitcher.Planning;
using Stitcher.Tests.Planning;
using Xunit;
using static Stitcher.Tests.Merging.SlotResults;

namespace Stitcher.Tests.Merging;

public sealed class HeadMergerTests : IDisposable
{
    private const string Head = "<title>Layout</title><meta name=\"description\" content=\"layout\"><link rel=\"stylesheet\" href=\"/shop.css\">";

    private readonly PlannedPages _pages = new PlannedPages().Service("products", "Card=/card");
    private readonly PagePlan _plan;

    // Slot 0 is optional, slot 1 the primary, slot 2 optional.
    public HeadMergerTests() => _plan = _pages.Page($"""
        <!doctype html><html><head>{Head}</head><body>
        <fragment src="products/Card"/><fragment src="products/Card" primary/><fragment src="products/Card"/></body></html>
        """).First();

    public void Dispose() => _pages.Dispose();

    [Fact]
    public void Each_part_is_brought_once_and_never_again_when_the_layout_has_it()
    {
        var sheet = Part(HeadPartKind.Stylesheet, "stylesheet /card.css");
        var merged = Merge([sheet, Part(HeadPartKind.Stylesheet, "stylesheet /shop.css")], [sheet], [sheet]);
        Assert.Equal("[stylesheet /card.css]\n", Added(merged));
        Assert.True(merged.Has(sheet));
    }

    [Fact]
    public void Parts_are_written_kind_by_kind_and_within_a_kind_the_primarys_first_then_in_document_order()
    {
        var merged = Merge(
            [Part(HeadPartKind.Script, "s0"), Part(HeadPartKind.Stylesheet, "c0")],
            [Part(HeadPartKind.Script, "s1"), Part(HeadPartKind.Stylesheet, "c1"), Part(HeadPartKind.Data, "data {}", "[d1]")],
            [Part(HeadPartKind.Preload, "p2"), Part(HeadPartKind.Stylesheet, "c2"), Part(HeadPartKind.Style, "style p{}", "[i2]"), Part(HeadPartKind.Meta, "m2")]);
        Assert.Equal("m2 p2 c1 c0 c2 i2 d1 s1 s0", Added(merged).Replace("[", "", StringComparison.Ordinal).Replace("]\n", " ", StringComparison.Ordinal).Trim());
    }

    [Fact]
    public void The_primary_replaces_title_and_metas_of_the_layout_and_the_others_do_not()
    {
        var others = new[] { Part(HeadPartKind.Title, "title", "<other>"), Part(HeadPartKind.Meta, "meta description", "<other>") };
        Assert.Null(Merge(others, [], others).Replaced);
        var merged = Merge(others, [Part(HeadPartKind.Title, "title", "<primary>")], others);
        Assert.Equal("<primary>", Encoding.UTF8.GetString(merged.Replaced![IndexOf("title")].Span));
        Assert.True(merged.Replaced[IndexOf("meta description")].IsEmpty);
        Assert.Empty(Added(merged));
    }

    [Fact]
    public void A_meta_that_the_layout_lacks_comes_from_the_primary_or_else_from_the_first_that_has_it()
    {
        Assert.Equal("<two>\n", Added(Merge([Meta("<one>")], [Meta("<two>")], [Meta("<three>")])));
        Assert.Equal("<one>\n", Added(Merge([Meta("<one>")], [], [Meta("<three>")])));

        static HeadPart Meta(string html) => Part(HeadPartKind.Meta, "meta author", html);
    }

    [Fact]
    public void Only_the_primary_says_what_the_page_is()
    {
        HeadPart[] identity = [Part(HeadPartKind.Canonical, "canonical"), Part(HeadPartKind.Link, "icon /i.svg")];
        Assert.Empty(Added(Merge(identity, [], identity)));
        Assert.Equal("[canonical]\n[icon /i.svg]\n", Added(Merge([], identity, [])));
    }

    [Fact]
    public void A_fragment_that_is_not_here_yet_has_no_say()
    {
        var merged = new HeadMerger().For(_plan, Of(_plan, null, Shows("x"), Shows("x", Part(HeadPartKind.Script, "s2"))));
        Assert.Equal("[s2]\n", Added(merged));
        Assert.False(merged.Has(Part(HeadPartKind.Script, "s0")));
    }

    [Fact]
    public void The_same_fragments_give_the_same_head_and_others_another()
    {
        var merger = new HeadMerger();
        var (one, two) = (Shows("1", Part(HeadPartKind.Script, "a")), Shows("2", Part(HeadPartKind.Script, "b")));
        var first = merger.For(_plan, Of(_plan, one, one, one));
        Assert.Same(first, merger.For(_plan, Of(_plan, one, one, one)));
        Assert.Equal("[a]\n[b]\n", Added(merger.For(_plan, Of(_plan, one, one, two))));
        Assert.Equal("[a]\n", Added(merger.For(_plan, Of(_plan, one, one, Fails()))));
    }

    private MergedHead Merge(params HeadPart[][] heads) => new HeadMerger().For(_plan, Of(_plan, [.. heads.Select(h => Shows("x", h))]));

    private int IndexOf(string key) => _plan.Layout.Head.Select((part, index) => (part, index)).Single(p => p.part.Key == key).index;

    private static string Added(MergedHead head) => Encoding.UTF8.GetString(head.Added.Span);
}
