using System.Text;
using Stitcher.Writing;
using Xunit;

namespace Stitcher.Tests.Writing;

public sealed class ErrorPageTests
{
    [Theory]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void It_says_the_status_and_the_requests_identifier_and_nothing_is_left_unfilled(int status)
    {
        var page = Encoding.UTF8.GetString(ErrorPage.Render(status, "id-<7>"));
        Assert.StartsWith("<!doctype html>", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"{status}", page, StringComparison.Ordinal);
        Assert.Contains("id-&lt;7&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\{(status|title|text|again|correlation)\}", page);
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(413, false)]
    [InlineData(429, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    public void Another_try_is_offered_where_it_may_end_otherwise_and_the_start_page_always(int status, bool isOffered)
    {
        var page = Encoding.UTF8.GetString(ErrorPage.Render(status, "1"));

        Assert.Equal(isOffered, page.Contains("Try again</a>", StringComparison.Ordinal));
        Assert.Contains("<a href=\"/\">", page, StringComparison.Ordinal);
        Assert.False(status < 500 && page.Contains("on our side", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void Who_sent_something_is_told_that_it_may_have_been_taken_and_not_led_where_it_is_lost(int status)
    {
        var page = Encoding.UTF8.GetString(ErrorPage.Render(status, "1", isSent: true));

        Assert.Contains("may have been taken", page, StringComparison.Ordinal);
        Assert.Contains("reload this page", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Try again</a>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(431)]
    public void What_a_client_has_sent_wrongly_is_not_said_to_be_the_sites_fault(int status) =>
        Assert.DoesNotContain("on our side", Encoding.UTF8.GetString(ErrorPage.Render(status, "id")), StringComparison.Ordinal);

    [Fact]
    public void A_form_that_is_too_large_is_told_so() =>
        Assert.Contains("larger than this page takes", Encoding.UTF8.GetString(ErrorPage.Render(413, "id")), StringComparison.Ordinal);
}
