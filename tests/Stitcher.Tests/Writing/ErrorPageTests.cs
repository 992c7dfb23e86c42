using System.Text;
using Stitcher.Writing;
using Xunit;

namespace Stitcher.Tests.Writing;

public sealed class ErrorPageTests
{
    [Theory]
    [InlineData(404)]
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
        Assert.DoesNotMatch(@"\{(status|title|text|correlation)\}", page);
    }
}
