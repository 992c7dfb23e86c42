using Stitcher.Federation.Manifests;
using Stitcher.Parsing;
using Stitcher.Planning;
using System.Text;
using Xunit;

namespace Stitcher.Tests.Planning;

public sealed class PagePlannerTests
{
    private static readonly ServiceManifest Manifest = new()
    {
        Name = "users",
        Revision = "1",
        Exposes = [new ExposedModule { Key = "./UserProfile", Fragment = "/fragments/profile/{id}", Css = ["profile.css"] }],
    };

    [Fact]
    public void Every_error_of_every_layout_is_told_at_once_with_file_and_line()
    {
        using var pages = new PlannedPages().Service("products", "Card=/card").ServiceWithManifest("users").Page("""
            <!doctype html>
            <fragment src="product/Card"/>
            <fragment src="products/Cart"/>
            <fragment src="products/Card?id={id}"/>
            <fragment src="products/Card" primary/>
            <fragment src="products/Card" primary/>
            <fragment src="products/Card?a=1&a=2"/>
            <fragment src="products/Card" fallback-src="nobody/Card"/>
            <fragment src="users/NotYetKnown"/>
            """).Page("", with: page => page.Layout = "missing.html").Page("<fragment/>", "/products/{number}");
        pages.Options.Limits.SlotsPerPage = 7;
        pages.Plan();
        Assert.Collection(
            pages.Errors.OrderBy(e => e, StringComparer.Ordinal),
            e => Assert.StartsWith("layout 'missing.html' of page 'page-1' cannot be read: expected a file at ", e, StringComparison.Ordinal),
            e => Assert.StartsWith("page-0.html, line 2: there is no service 'product'; expected", e, StringComparison.Ordinal),
            e => Assert.StartsWith("page-0.html, line 3: service 'products' has no fragment 'Cart' and no manifest that could name it; expected", e, StringComparison.Ordinal),
            e => Assert.StartsWith("page-0.html, line 4: the route '/' of page 'page-0' has no value 'id'; expected", e, StringComparison.Ordinal),
            e => Assert.StartsWith("page-0.html, line 6: a second primary slot; expected at most one", e, StringComparison.Ordinal),
            e => Assert.StartsWith("page-0.html, line 7: src=\"products/Card?a=1&a=2\" has the parameter 'a' twice", e, StringComparison.Ordinal),
            e => Assert.StartsWith("page-0.html, line 8: there is no service 'nobody'; expected", e, StringComparison.Ordinal),
            e => Assert.StartsWith("page-0.html: 8 slots on page 'page-0'; expected at most 7 (Stitcher:Limits:SlotsPerPage)", e, StringComparison.Ordinal),
            e => Assert.StartsWith("page-2.html, line 1: <fragment> needs src=", e, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 2_000, 800)]
    [InlineData("required", 2_000, 1_500)]
    [InlineData("primary", 2_000, 1_500)]
    [InlineData("timeout=300ms", 2_000, 300)]
    [InlineData("timeout=5s", 2_000, 1_900)]
    [InlineData("", 500, 400)]
    [InlineData("primary timeout=1ms", 2_000, 1)]
    public void A_slots_time_is_its_own_or_the_usual_one_cut_to_the_pages_deadline_with_time_to_compose(string attributes, int deadline, int expected)
    {
        using var pages = new PlannedPages().Service("products", "Card=/card")
            .Page($"<!doctype html><fragment src=\"products/Card\" {attributes} />", with: page => page.Deadline = TimeSpan.FromMilliseconds(deadline));
        Assert.Equal(TimeSpan.FromMilliseconds(expected), Assert.Single(pages.First().Slots).Timeout);
    }

    [Fact]
    public void A_deadline_too_short_to_keep_any_of_it_back_still_leaves_the_slots_some()
    {
        using var pages = new PlannedPages().Service("products", "Card=/card")
            .Page("<!doctype html><fragment src=\"products/Card\"/>", with: page => page.Deadline = TimeSpan.FromMilliseconds(50));
        Assert.InRange(Assert.Single(pages.First().Slots).Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void The_primary_decides_before_the_required_and_the_optional_never()
    {
        using var pages = new PlannedPages().Service("products", "Card=/card").Page("""
            <!doctype html><fragment src="products/Card?n=0" required/><fragment src="products/Card?n=1"/>
            <fragment src="products/Card?n=2" primary/><fragment src="products/Card?n=3" required/>
            """);
        var plan = pages.First();
        Assert.Equal([2, 0, 3], plan.Deciding.Select(s => s.Index));
        Assert.Equal(2, plan.Primary!.Index);
    }

    [Fact]
    public void A_slot_that_is_the_same_for_every_request_is_asked_by_one_question_made_ahead()
    {
        using var pages = new PlannedPages().Service("products", "Card=/card/{id}").Page("""
            <!doctype html><fragment src="products/Card?id=7"/><fragment src="products/Card?id={number}&page={query.page}"/>
            """, "/products/{number:int}");
        var plan = pages.First();
        Assert.Equal("/card/7", plan.Slots[0].FixedRequest!.Target);
        Assert.Null(plan.Slots[1].FixedRequest);
        Assert.Equal([(ValueKind.Route, "number"), (ValueKind.Query, "page")], plan.Values.Select(v => (v.Kind, v.Name)));
    }

    [Fact]
    public void A_fragment_that_no_manifest_has_named_yet_is_no_error_and_has_no_address()
    {
        using var pages = new PlannedPages().ServiceWithManifest("users").Page("<!doctype html><fragment src=\"users/UserProfile?id=1\">Soon</fragment>");
        Assert.Null(Assert.Single(pages.First().Slots).Target);
    }

    [Fact]
    public void A_manifest_names_the_fragments_path_and_its_style_sheets()
    {
        using var pages = new PlannedPages().ServiceWithManifest("users", Manifest).Page("<!doctype html><fragment src=\"users/UserProfile?id=1\"/>");
        var slot = Assert.Single(pages.First().Slots);
        Assert.Equal("/fragments/profile/1", slot.FixedRequest!.Target);
        Assert.Equal("<link rel=\"stylesheet\" href=\"/_s/users/~1/profile.css\">", Encoding.UTF8.GetString(Assert.Single(slot.Styles).Html.Span));
    }

    [Fact]
    public void What_the_operator_configured_beats_the_manifest()
    {
        using var pages = new PlannedPages().ServiceWithManifest("users", Manifest).Page("<!doctype html><fragment src=\"users/UserProfile?id=1\"/>");
        pages.Options.Services[0].Fragments.Add(new() { Name = "UserProfile", Path = "/mine" });
        Assert.Equal("/mine?id=1", Assert.Single(pages.First().Slots).FixedRequest!.Target);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(" \n<!-- nothing --> <!-- at all -->\n", false)]
    [InlineData("x", true)]
    [InlineData("<!-- note --><p></p>", true)]
    public void Blanks_and_comments_are_no_content(string content, bool hasContent)
    {
        using var pages = new PlannedPages().Service("products", "Card=/card").Page($"<!doctype html><fragment src=\"products/Card\">{content}</fragment>");
        Assert.Equal(hasContent, Assert.Single(pages.First().Slots).HasContent);
    }

    [Fact]
    public void What_may_differ_in_meaning_is_remembered_apart()
    {
        using var pages = new PlannedPages().Service("products", "Card=/card", "Other=/other/card").Service("users", "Card=/card").Page("""
            <!doctype html><main><fragment src="products/Card?a=1"/><fragment src="products/Card?a=1"/><fragment src="products/Card?a=2"/>
            <p><fragment src="products/Card?a=1"/></p><fragment src="products/Other?a=1"/><fragment src="users/Card?a=1"/></main>
            """);
        var keys = pages.First().Slots.Select(s => s.FixedKey).ToList();
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(5, keys.Distinct().Count());
    }
}
