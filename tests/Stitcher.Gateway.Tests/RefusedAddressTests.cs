using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>An address that says what a fragment does not take, as old bookmarks do, is answered with a page and not with what slots show in an outage.</summary>
public sealed class RefusedAddressTests
{
    [Theory]
    [InlineData("")]
    [InlineData("primary")]
    public async Task What_a_fragment_refuses_of_an_address_is_left_out_and_the_rest_of_it_counts(string role)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => request.Target.Contains("sort=", StringComparison.Ordinal)
            ? Plain("There is no such order.").With("Stitcher-Refused", "page, sort")
            : Shows(request));
        await using var gateway = await StartAsync(service, role);

        Assert.Equal((HttpStatusCode.OK, "/x?page=1&shelf=desk"), await ShowsAsync(gateway, "/?shelf=desk&sort=wrong&page=99"));
        Assert.Equal(["/x?page=99&shelf=desk&sort=wrong", "/x?page=1&shelf=desk"], service.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task Of_an_address_that_is_refused_without_a_name_nothing_counts()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => request.Target == "/x?page=1" ? Shows(request) : Answer.Status(400));
        await using var gateway = await StartAsync(service, "");

        Assert.Equal((HttpStatusCode.OK, "/x?page=1"), await ShowsAsync(gateway, "/?shelf=desk&sort=wrong"));
        Assert.Equal(2, service.Count("/x"));
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("primary", 400)]
    public async Task A_fragment_that_refuses_whatever_it_is_asked_is_asked_three_times_at_most(string role, int status)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => Plain("No.").With("Stitcher-Refused", request.Target.Contains("sort", StringComparison.Ordinal) ? "sort" : "shelf"));
        await using var gateway = await StartAsync(service, role);

        Assert.Equal(((HttpStatusCode)status, "own content"), await ShowsAsync(gateway, "/?shelf=desk&sort=wrong&page=2"));
        Assert.Equal(["/x?page=2&shelf=desk&sort=wrong", "/x?page=2&shelf=desk", "/x?page=1"], service.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task A_primary_that_refuses_an_address_with_something_to_read_has_the_last_word()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>Shelves have names.</p>").WithStatus(400));
        await using var gateway = await StartAsync(service, "primary");

        Assert.Equal((HttpStatusCode.BadRequest, "<p>Shelves have names.</p>"), await ShowsAsync(gateway, "/?shelf=99"));
        Assert.Equal(1, service.Count("/x"));
    }

    [Fact]
    public async Task What_the_layout_says_is_not_left_out()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Plain("No.").With("Stitcher-Refused", "page"));
        await using var gateway = await StartAsync(service, "");

        Assert.Equal((HttpStatusCode.OK, "own content"), await ShowsAsync(gateway, "/"));
        Assert.Equal(["/x?page=1"], service.Requests.Select(request => request.Target));
    }

    private static Answer Plain(string text) => Answer.Of("text/plain", System.Text.Encoding.UTF8.GetBytes(text)).WithStatus(400);

    private static Answer Shows(ReceivedRequest request) => Answer.Html(request.Target.Replace("&", "&amp;", StringComparison.Ordinal));

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, string role) => GatewayUnderTest.StartAsync(setup => setup
        .Service("shop", service.Address, "X=/x")
        .Page(
            "/",
            $"<main><fragment src=\"shop/X?shelf={{query.shelf}}&sort={{query.sort}}&page={{query.page=1}}\" timeout=\"8s\" {role}>own content</fragment></main>",
            ("Deadline", "10s")));

    private static async Task<(HttpStatusCode Status, string Main)> ShowsAsync(GatewayUnderTest gateway, string path)
    {
        using var response = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, page.Split("<main>")[1].Split("</main>")[0].Replace("&amp;", "&", StringComparison.Ordinal));
    }
}
