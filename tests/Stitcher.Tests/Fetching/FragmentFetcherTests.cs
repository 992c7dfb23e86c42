using Stitcher.Fetching;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests.Fetching;

public sealed class FragmentFetcherTests : IAsyncLifetime
{
    private FetchedPages _pages = null!;

    private ScriptedService Service => _pages.Service;

    public async ValueTask InitializeAsync() => _pages = await FetchedPages.StartAsync();

    public ValueTask DisposeAsync() => _pages.DisposeAsync();

    [Fact]
    public async Task All_slots_are_asked_for_before_any_has_answered()
    {
        var gate = new Gate();
        Service.Answers("/a", Answer.Html("<p>a</p>").After(gate)).Answers("/b", Answer.Html("<p>b</p>").After(gate));
        var fetch = _pages.Start("<fragment src=\"products/A\" timeout=\"9s\"/><fragment src=\"products/B\" timeout=\"9s\"/>");
        await Service.HasReceivedAsync("/a");
        await Service.HasReceivedAsync("/b");
        gate.Open();
        await fetch.WaitForAllAsync();
        Assert.Equal(["<p>a</p>", "<p>b</p>"], Enumerable.Range(0, 2).Select(i => Shown(fetch, i)));
    }

    [Fact]
    public async Task A_fresh_fragment_is_not_asked_for_again_and_an_old_one_is()
    {
        Service.Answers("/a", Answer.Html("<p>a</p>").With("Cache-Control", "max-age=60, must-revalidate"));
        Assert.Equal(SlotOutcome.Fresh, (await FetchAsync("<fragment src=\"products/A\"/>")).Outcome);
        var again = await FetchAsync("<fragment src=\"products/A\"/>");
        Assert.Equal((SlotOutcome.Cached, 1), (again.Outcome, Service.Count("/a")));
        _pages.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(SlotOutcome.Fresh, (await FetchAsync("<fragment src=\"products/A\"/>")).Outcome);
    }

    [Fact]
    public async Task A_fragment_is_remembered_by_what_was_asked_and_where_it_is_shown()
    {
        Service.Answers("/a", request => Answer.Html($"<p>{request.Target}</p>").With("Cache-Control", "max-age=60"));
        await FetchAsync("<fragment src=\"products/A?x=1\"/>");
        await FetchAsync("<fragment src=\"products/A?x=2\"/>");
        await FetchAsync("<main><fragment src=\"products/A?x=1\"/></main>");
        Assert.Equal(3, Service.Count("/a"));
    }

    [Theory]
    [InlineData("no-store")]
    [InlineData("private, max-age=60")]
    public async Task What_may_not_be_kept_is_asked_for_every_time(string cacheControl)
    {
        Service.Answers("/a", Answer.Html("<p>a</p>").With("Cache-Control", cacheControl));
        await FetchAsync("<fragment src=\"products/A\"/>");
        await FetchAsync("<fragment src=\"products/A\"/>");
        Assert.Equal(2, Service.Count("/a"));
    }

    [Theory]
    [InlineData("{query.id}", null)]
    [InlineData("{query.id}", "..")]
    [InlineData("{query.id}", "%2e%2e")]
    [InlineData("", null)]
    public async Task A_path_without_its_value_is_never_asked_for(string value, string? given)
    {
        var result = await FetchAsync($"<fragment src=\"products/Card?id={value}\"/>", given is null ? "" : "?id=" + Uri.EscapeDataString(given));
        Assert.Equal(SlotFailure.BadParameter, result.Failure);
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task A_refusal_is_told_once_for_the_same_bytes_and_counts_as_content_not_as_a_failing_service()
    {
        Service.Answers("/a", "<tr><td>x</td></tr>");
        for (var i = 0; i < 15; i++)
        {
            var result = await FetchAsync("<div><fragment src=\"products/A\"/></div>");
            Assert.Equal(SlotFailure.Refused, result.Failure);
            Assert.StartsWith("context: ", result.Detail, StringComparison.Ordinal);
        }

        Assert.Single(_pages.Log.Events("FragmentRefused"));
        Assert.Equal(15, Service.Count("/a"));
    }

    [Fact]
    public async Task Nothing_to_show_is_no_failure()
    {
        Service.Answers("/a", Answer.Status(204));
        var result = await FetchAsync("<fragment src=\"products/A\"/>");
        Assert.Equal((SlotOutcome.Empty, false), (result.Outcome, result.Failed));
    }

    [Theory]
    [InlineData("", 404, false)]
    [InlineData("primary", 404, true)]
    [InlineData("required", 404, false)]
    public async Task Only_the_primarys_page_about_a_missing_thing_is_shown(string role, int status, bool shown)
    {
        Service.Answers("/a", Answer.Html("<p>no such thing</p>").WithStatus(status));
        var result = await FetchAsync($"<fragment src=\"products/A\" {role}/>");
        Assert.Equal((SlotFailure.Answered, status, shown), (result.Failure, result.Status, result.Markup is not null));
    }

    [Fact]
    public async Task Links_and_the_documents_head_go_to_the_head()
    {
        Service.Answers("/a", Answer.Html("<!doctype html><title>T</title><p>x").With("Link", "</a.css>; rel=stylesheet"));
        var result = await FetchAsync("<fragment src=\"products/A\"/>");
        Assert.Equal(["stylesheet /a.css", "title"], result.Head.Select(p => p.Key));
    }

    private Task<FragmentResult> FetchAsync(string layout, string query = "") => _pages.FetchAsync(layout, query);

    private static string Shown(PageFetch fetch, int slot) => FetchedPages.Shown(fetch.ResultOf(slot)!);
}
