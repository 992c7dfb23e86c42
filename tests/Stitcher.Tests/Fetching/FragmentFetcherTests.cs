using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Configuration;
using Stitcher.Fetching;
using Stitcher.Manifests;
using Stitcher.Planning;
using Stitcher.TestKit;
using Stitcher.Tests.Upstream;
using Xunit;

namespace Stitcher.Tests.Fetching;

public sealed class FragmentFetcherTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stitcher-layouts-");
    private readonly FakeTimeProvider _clock = new();
    private ScriptedService _service = null!;
    private ServicesBehindTheProxy _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await ScriptedService.StartAsync();
        _proxy = ServicesBehindTheProxy.At(_clock, _service.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _service.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task All_slots_are_asked_for_before_any_has_answered()
    {
        var gate = new Gate();
        _service.Answers("/a", Answer.Html("<p>a</p>").After(gate)).Answers("/b", Answer.Html("<p>b</p>").After(gate));
        var fetch = Start("<fragment src=\"products/A\" timeout=\"9s\"/><fragment src=\"products/B\" timeout=\"9s\"/>");
        await _service.HasReceivedAsync("/a");
        await _service.HasReceivedAsync("/b");
        gate.Open();
        await fetch.WaitForAllAsync();
        Assert.Equal(["<p>a</p>", "<p>b</p>"], Enumerable.Range(0, 2).Select(i => Shown(fetch, i)));
    }

    [Fact]
    public async Task A_fresh_fragment_is_not_asked_for_again_and_an_old_one_is()
    {
        _service.Answers("/a", Answer.Html("<p>a</p>").With("Cache-Control", "max-age=60, must-revalidate"));
        Assert.Equal(SlotOutcome.Fresh, (await FetchAsync("<fragment src=\"products/A\"/>")).Outcome);
        var again = await FetchAsync("<fragment src=\"products/A\"/>");
        Assert.Equal((SlotOutcome.Cached, 1), (again.Outcome, _service.Count("/a")));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(SlotOutcome.Fresh, (await FetchAsync("<fragment src=\"products/A\"/>")).Outcome);
    }

    [Fact]
    public async Task A_fragment_is_remembered_by_what_was_asked_and_where_it_is_shown()
    {
        _service.Answers("/a", request => Answer.Html($"<p>{request.Target}</p>").With("Cache-Control", "max-age=60"));
        await FetchAsync("<fragment src=\"products/A?x=1\"/>");
        await FetchAsync("<fragment src=\"products/A?x=2\"/>");
        await FetchAsync("<main><fragment src=\"products/A?x=1\"/></main>");
        Assert.Equal(3, _service.Count("/a"));
    }

    [Theory]
    [InlineData("no-store")]
    [InlineData("private, max-age=60")]
    public async Task What_may_not_be_kept_is_asked_for_every_time(string cacheControl)
    {
        _service.Answers("/a", Answer.Html("<p>a</p>").With("Cache-Control", cacheControl));
        await FetchAsync("<fragment src=\"products/A\"/>");
        await FetchAsync("<fragment src=\"products/A\"/>");
        Assert.Equal(2, _service.Count("/a"));
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
        Assert.Empty(_service.Requests);
    }

    [Fact]
    public async Task A_refusal_is_told_once_for_the_same_bytes_and_counts_as_content_not_as_a_failing_service()
    {
        _service.Answers("/a", "<tr><td>x</td></tr>");
        for (var i = 0; i < 15; i++)
        {
            var result = await FetchAsync("<div><fragment src=\"products/A\"/></div>");
            Assert.Equal(SlotFailure.Refused, result.Failure);
            Assert.StartsWith("context: ", result.Detail, StringComparison.Ordinal);
        }

        Assert.Single(_proxy.Log.Events("FragmentRefused"));
        Assert.Equal(15, _service.Count("/a"));
    }

    [Fact]
    public async Task Nothing_to_show_is_no_failure()
    {
        _service.Answers("/a", Answer.Status(204));
        var result = await FetchAsync("<fragment src=\"products/A\"/>");
        Assert.Equal((SlotOutcome.Empty, false), (result.Outcome, result.Failed));
    }

    [Theory]
    [InlineData("", 404, false)]
    [InlineData("primary", 404, true)]
    [InlineData("required", 404, false)]
    public async Task Only_the_primarys_page_about_a_missing_thing_is_shown(string role, int status, bool shown)
    {
        _service.Answers("/a", Answer.Html("<p>no such thing</p>").WithStatus(status));
        var result = await FetchAsync($"<fragment src=\"products/A\" {role}/>");
        Assert.Equal((SlotFailure.Answered, status, shown), (result.Failure, result.Status, result.Markup is not null));
    }

    [Fact]
    public async Task Links_and_the_documents_head_go_to_the_head()
    {
        _service.Answers("/a", Answer.Html("<!doctype html><title>T</title><p>x").With("Link", "</a.css>; rel=stylesheet"));
        var result = await FetchAsync("<fragment src=\"products/A\"/>");
        Assert.Equal(["stylesheet /a.css", "title"], result.Head.Select(p => p.Key));
    }

    private async Task<FragmentResult> FetchAsync(string layout, string query = "") => await Start(layout, query).WaitForAsync(0);

    private PageFetch Start(string layout, string query = "")
    {
        var options = new StitcherOptions { LayoutRoot = "." };
        var service = new ServiceOptions { Name = "products", Trust = TrustLevel.App };
        (string Name, string Path)[] fragments = [("A", "/a"), ("B", "/b"), ("Card", "/cards/{id}")];
        foreach (var (name, path) in fragments)
        {
            service.Fragments.Add(new FragmentOptions { Name = name, Path = path });
        }

        options.Services.Add(service);
        options.Pages.Add(new PageOptions { Name = "page", Route = "/", Layout = "page.html", Deadline = TimeSpan.FromSeconds(20) });
        File.WriteAllText(Path.Combine(_folder.FullName, "page.html"), "<!doctype html><body>" + layout);
        var errors = new List<string>();
        var plan = _proxy.Engine.GetRequiredService<PagePlanner>().Plan(options, _folder.FullName, FederationSnapshot.None, errors).Pages.Single();
        Assert.Empty(errors);
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return _proxy.Engine.GetRequiredService<FragmentFetcher>().Start(plan, PageRequest.From(context, plan));
    }

    private static string Shown(PageFetch fetch, int slot) => string.Concat(fetch.ResultOf(slot)!.Markup!.Pieces.Select(p => Encoding.UTF8.GetString(p.Bytes.Span)));
}
