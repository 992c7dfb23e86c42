using System.Text;
using Stitcher.Chaos.Load;
using Stitcher.Chaos.Services;
using Xunit;

namespace Stitcher.Chaos.Tests;

/// <summary>The judge of pages: a runner that cannot find a lost page promises nothing.</summary>
public sealed class PageCheckTests
{
    private static readonly PageExpectation UsersTouched = new() { Touched = ["users"] };

    [Fact]
    public void A_whole_page_is_not_lost() => Assert.Equal(Loss.None, Judge(Page()));

    [Fact]
    public void A_slot_of_an_untouched_service_without_its_fragment_is_lost()
    {
        var page = Page().Replace(Fragment("users"), Encoding.UTF8.GetString(Layouts.Fallbacks[1]), StringComparison.Ordinal);

        Assert.Equal(Loss.Slot, Judge(page));
        Assert.Equal(Loss.None, Judge(page, expected: UsersTouched));
    }

    [Fact]
    public void An_empty_slot_is_lost_even_while_its_service_is_away() =>
        Assert.Equal(Loss.Slot, Judge(Page().Replace(Fragment("users"), "", StringComparison.Ordinal), expected: UsersTouched));

    [Fact]
    public void A_piece_of_a_fragment_is_lost_even_while_its_service_is_away()
    {
        var whole = Fragment("users");
        var cut = whole[..(whole.Length / 2)];

        Assert.Equal(Loss.Damaged, Judge(Page().Replace(whole, cut, StringComparison.Ordinal), expected: UsersTouched));
        Assert.Equal(Loss.Damaged, Judge(Page().Replace(whole, cut + "</p></section>", StringComparison.Ordinal), expected: UsersTouched));
    }

    [Fact]
    public void A_changed_byte_in_a_fragment_is_lost() =>
        Assert.Equal(Loss.Damaged, Judge(Page().Replace("Line 7 of users", "Line 7 of \uFFFDsers", StringComparison.Ordinal)));

    [Fact]
    public void A_fragment_of_another_page_is_lost() =>
        Assert.Equal(Loss.Damaged, Judge(Page().Replace(Fragment("users"), Fragment("users", id: "8"), StringComparison.Ordinal)));

    [Theory]
    [InlineData("<header id=\"shell-top\">the shop</header>")]
    [InlineData("<div id=\"slot-orders\">")]
    [InlineData("<footer id=\"shell-end\">the end</footer></body></html>")]
    public void A_page_without_a_part_of_its_layout_is_lost(string part) =>
        Assert.Equal(Loss.Shell, Judge(Page().Replace(part, "", StringComparison.Ordinal)));

    [Fact]
    public void A_page_that_ends_early_is_lost() => Assert.Equal(Loss.Shell, Judge(Page()[..^40]));

    [Fact]
    public void A_failure_is_lost_unless_the_scenario_allows_it()
    {
        var allowed = new PageExpectation { OtherStatuses = new Dictionary<string, IReadOnlyList<int>> { [PageKind.Plain] = [503] } };
        const string ErrorPage = "<!doctype html>\n<html lang=\"en\"><body>Soon again.</body></html>\n";

        Assert.Equal(Loss.Status, Judge(ErrorPage, status: 503));
        Assert.Equal(Loss.None, Judge(ErrorPage, status: 503, expected: allowed));
        Assert.Equal(Loss.Shell, Judge("Soon again.", status: 503, expected: allowed));
        Assert.Equal(Loss.Header, Judge(ErrorPage, status: 503, expected: allowed, retryAfter: ""));
        Assert.Equal(Loss.Header, Judge(ErrorPage, status: 503, expected: allowed, cacheControl: "max-age=60"));
    }

    [Fact]
    public void A_private_page_that_others_may_be_shown_is_lost()
    {
        Assert.Equal(Loss.Header, Judge(Page(PageKind.Private), PageKind.Private, cacheControl: "public, max-age=60"));
        Assert.Equal(Loss.None, Judge(Page(PageKind.Private), PageKind.Private, cacheControl: "private, no-store"));
    }

    [Fact]
    public void A_page_that_names_the_module_of_another_version_is_lost()
    {
        const string Module = "<script type=\"module\" src=\"/_s/users/deploy/assets/users-v1.js\"></script>";
        var others = string.Concat(ServiceNames.All.Where(name => name != "users").Select(name => Module.Replace("users", name, StringComparison.Ordinal)));
        var page = Page(PageKind.Deploy).Replace("</head>", others + Module + "</head>", StringComparison.Ordinal);

        Assert.Equal(Loss.None, Judge(page, PageKind.Deploy));
        Assert.Equal(Loss.Mixed, Judge(page.Replace("users-v1.js", "users-v2.js", StringComparison.Ordinal), PageKind.Deploy));
    }

    private static Loss Judge(
        string page, string kind = PageKind.Plain, int status = 200, PageExpectation? expected = null, string retryAfter = "5", string cacheControl = "no-store") =>
        PageCheck.Judge(new PageAnswer(kind, "7", status, cacheControl, retryAfter, Encoding.UTF8.GetBytes(page)), expected ?? PageExpectation.AllWell).Loss;

    private static string Page(string kind = PageKind.Plain)
    {
        var page = Layouts.Of(kind, null);
        foreach (var service in ServiceNames.All)
        {
            var begin = page.IndexOf($"<fragment src=\"{service}/", StringComparison.Ordinal);
            var end = page.IndexOf("</fragment>", begin, StringComparison.Ordinal) + "</fragment>".Length;
            page = page[..begin] + Fragment(service) + page[end..];
        }

        return page;
    }

    private static string Fragment(string service, string id = "7") => Encoding.UTF8.GetString(FragmentText.Of(service, PageKind.Plain, id, 1));
}
