using System.Text.Json;
using AngleSharp.Dom;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ShopLayoutTests
{
    private static readonly string Gateway = Path.Combine(Repository.Root, "gateway");

    public static TheoryData<string> Layouts => [.. Directory.EnumerateFiles(Path.Combine(Gateway, "layouts"), "*.html").Select(file => Path.GetFileName(file)!)];

    [Fact]
    public async Task Every_page_has_its_layout_and_every_layout_is_used()
    {
        using var settings = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Gateway, "appsettings.json"), TestContext.Current.CancellationToken));
        var pages = settings.RootElement.GetProperty("Stitcher").GetProperty("Pages").EnumerateArray().ToArray();

        Assert.Superset(new HashSet<string> { "/", "/products", "/products/{id:int}", "/cart", "/checkout", "/orders", "/sign-in", "/preferences", "/admin", "/analytics" }, pages.Select(page => page.GetProperty("Route").GetString()!).ToHashSet());
        Assert.Equal(
            Layouts.Select(row => row.Data).Order(StringComparer.Ordinal),
            pages.Select(page => page.GetProperty("Layout").GetString()!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_layout_has_the_landmarks_the_navigation_and_a_way_past_it(string layout)
    {
        var page = ShopLayout.Read(layout);

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("#main", page.Body!.FirstElementChild!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("main#main"));
        Assert.NotNull(page.QuerySelector("body > header"));
        Assert.NotNull(page.QuerySelector("body > footer"));
        Assert.Equal(["/products", "/orders", "/analytics"], page.QuerySelectorAll("nav.aisles a").Select(link => link.GetAttribute("href")));
        Assert.InRange(page.QuerySelectorAll("nav [aria-current=page]").Length, 0, 1);
        Assert.NotNull(page.QuerySelector("header fragment[src^='users/UserProfile']"));
        Assert.NotNull(page.QuerySelector("header fragment[src='orders/CartBadge']"));
        Assert.NotNull(page.QuerySelector("body > fragment[src='analytics/EventTracker']:last-child"));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_slot_has_its_time_and_something_to_show_when_its_service_is_down(string layout)
    {
        var slots = ShopLayout.Read(layout).QuerySelectorAll("fragment");

        // What only counts has nothing to show in either case.
        Assert.All(slots.Where(slot => slot.GetAttribute("src") != "analytics/EventTracker"), slot => Assert.NotEmpty(slot.TextContent.Trim()));
        Assert.All(slots, slot => Assert.Matches("^[0-9]+(ms|s)$", slot.GetAttribute("timeout") ?? ""));
    }

    [Fact]
    public void Pages_to_look_round_depend_on_no_service() =>
        Assert.All(["catalog.html", "products.html", "orders.html", "analytics.html"], layout => Assert.Empty(ShopLayout.Read(layout).QuerySelectorAll("fragment[primary], fragment[required]")));

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Nobody_waits_for_figures_and_what_stands_there_meanwhile_is_true_when_they_do_not_come(string layout)
    {
        var slots = ShopLayout.Read(layout).QuerySelectorAll("fragment").ToArray();

        Assert.Equal(slots.Where(slot => slot.GetAttribute("src")!.StartsWith("analytics/AnalyticsDashboard", StringComparison.Ordinal)), slots.Where(slot => slot.HasAttribute("defer")));
        Assert.All(slots.Where(slot => slot.HasAttribute("defer")), slot => Assert.NotNull(slot.QuerySelector(".until-late[role=status] > .while-waiting + .when-late")));
    }

    [Fact]
    public async Task Error_pages_have_the_shops_look_a_way_on_and_need_no_service()
    {
        using var settings = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Gateway, "appsettings.json"), TestContext.Current.CancellationToken));
        var named = settings.RootElement.GetProperty("Stitcher").GetProperty("ErrorPages").EnumerateObject().ToDictionary(page => page.Name, page => page.Value.GetString()!);

        Assert.Superset(new HashSet<string> { "404", "4xx", "5xx" }, named.Keys.ToHashSet());
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(ShopLayout.Folder, "errors")).Select(file => "errors/" + Path.GetFileName(file)).Order(StringComparer.Ordinal),
            named.Values.Distinct().Order(StringComparer.Ordinal));
        Assert.All(named.Values, layout =>
        {
            var page = ShopLayout.Read(layout);
            Assert.Empty(page.QuerySelectorAll("fragment, script, place"));
            Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")?.GetAttribute("content"));
            Assert.Equal(3, page.QuerySelectorAll("nav.aisles a").Length);
            Assert.NotEmpty(Assert.Single(page.QuerySelectorAll("main#main h1")).TextContent);
            Assert.NotNull(page.QuerySelector("main a.notice-again[href^='/']"));
            Assert.Contains("{status}", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("{request.id}", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_till_that_is_away_promises_nothing_of_a_form_that_it_may_have_got()
    {
        var away = ShopLayout.Read("checkout.html").QuerySelector("fragment[primary]")!;

        Assert.DoesNotContain("Nothing was", away.TextContent, StringComparison.Ordinal);
        Assert.Contains("Reload this page", away.TextContent, StringComparison.Ordinal);
        Assert.Contains("once, however often it is sent", away.TextContent, StringComparison.Ordinal);
        Assert.NotNull(away.QuerySelector("a[href='/orders']"));
    }

    [Fact]
    public void What_pages_share_is_written_once()
    {
        var files = Directory.EnumerateFiles(ShopLayout.Folder, "*.html", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(ShopLayout.Folder, file), File.ReadAllText);

        foreach (var shared in new[] { "<header class=\"masthead\"", "<footer", "<html", "users/UserProfile", "class=\"notice-reed\"" })
        {
            Assert.Single(files, file => file.Value.Contains(shared, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_layout_needs_nothing_inline_and_its_files_are_there(string layout)
    {
        var page = ShopLayout.Read(layout);

        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
        Assert.All(page.All, element => Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        var files = page.QuerySelectorAll("head [href], script[src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).ToArray();
        Assert.Contains("/shop.css", files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Gateway, "wwwroot", file[1..])), file));
    }
}
