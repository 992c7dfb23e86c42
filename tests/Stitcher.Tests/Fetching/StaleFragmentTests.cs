using Stitcher.Caching;
using Stitcher.Fetching;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests.Fetching;

public sealed class StaleFragmentTests
{
    private static readonly TimeSpan PastRevalidating = TimeSpan.FromSeconds(75);

    private static readonly Answer Old = Answer.Html("<p>old</p>").With("Cache-Control", "max-age=60").With("Surrogate-Key", "list a7");
    private static readonly Answer New = Answer.Html("<p>new</p>").With("Cache-Control", "max-age=60");

    [Fact]
    public async Task A_little_later_the_old_one_is_shown_at_once_and_one_question_is_asked_behind_it()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Old, New.After(gate));
        await pages.FetchAsync();
        pages.Clock.Advance(TimeSpan.FromSeconds(62));
        for (var i = 0; i < 5; i++)
        {
            var stale = await pages.FetchAsync();
            Assert.Equal((SlotOutcome.Stale, SlotFailure.None, "<p>old</p>", 62d), (stale.Outcome, stale.Failure, FetchedPages.Shown(stale), stale.Age!.Value.TotalSeconds));
        }

        await pages.Service.HasReceivedAsync("/a", 2);
        gate.Open();
        await Eventually.HoldsAsync(async () => FetchedPages.Shown(await pages.FetchAsync()) == "<p>new</p>", "the newer one is shown");
        Assert.Equal(2, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task A_refresh_that_failed_a_moment_ago_is_not_asked_for_again_at_once()
    {
        await using var pages = await FetchedPages.StartAsync(failureMemory: TimeSpan.FromSeconds(10));
        pages.Service.AnswersInTurn("/a", Old, Answer.Status(500));
        await pages.FetchAsync();
        pages.Clock.Advance(TimeSpan.FromSeconds(62));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal((SlotOutcome.Stale, "<p>old</p>"), Of(await pages.FetchAsync()));
            await Eventually.HoldsAsync(() => pages.Coalescer.Running == 0, "the refresh has ended");
        }

        Assert.Equal(2, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task V018_With_something_old_at_hand_nobody_waits_longer_than_three_tenths_of_a_second()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Old, New.After(gate));
        await pages.FetchAsync();
        pages.Clock.Advance(PastRevalidating);
        using var fetch = pages.Start();
        await pages.Service.HasReceivedAsync("/a", 2);
        Assert.Null(fetch.ResultOf(0));
        pages.Clock.Advance(TimeSpan.FromMilliseconds(300));
        var stale = await fetch.WaitForAsync(0);
        Assert.Equal((SlotOutcome.Stale, SlotFailure.Timeout, "<p>old</p>"), (stale.Outcome, stale.Failure, FetchedPages.Shown(stale)));

        gate.Open();
        await Eventually.HoldsAsync(() => pages.Coalescer.Running == 0, "the question that nobody waited for has ended");
        Assert.Equal((SlotOutcome.Cached, "<p>new</p>"), Of(await pages.FetchAsync()));
        Assert.Equal(2, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task V018_Nor_where_everybody_asks_for_themselves()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Old, New.With("Set-Cookie", "a=b"), New.After(gate));
        await pages.FetchAsync();
        pages.Clock.Advance(PastRevalidating);
        Assert.Equal((SlotOutcome.Fresh, "<p>new</p>"), Of(await pages.FetchAsync()));
        using var one = pages.Start();
        using var two = pages.Start();
        await pages.Service.HasReceivedAsync("/a", 4);
        pages.Clock.Advance(TimeSpan.FromMilliseconds(300));
        await Eventually.HoldsAsync(() => one.ResultOf(0) is not null && two.ResultOf(0) is not null, "neither waits any longer");
        Assert.Equal((SlotOutcome.Stale, "<p>old</p>"), Of(await one.WaitForAsync(0)));
        Assert.Equal((SlotOutcome.Stale, "<p>old</p>"), Of(await two.WaitForAsync(0)));

        gate.Open();
        await Eventually.HoldsAsync(() => pages.Coalescer.Running == 0, "the questions that nobody waited for have ended");
        Assert.Equal((SlotOutcome.Cached, "<p>new</p>"), Of(await pages.FetchAsync()));
    }

    [Fact]
    public async Task V018_The_refresh_goes_on_when_the_browser_that_caused_it_is_gone()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Old, New.After(gate));
        await pages.FetchAsync();
        pages.Clock.Advance(PastRevalidating);
        using var gone = new CancellationTokenSource();
        using var fetch = pages.Start(clientGone: gone.Token);
        await pages.Service.HasReceivedAsync("/a", 2);
        await gone.CancelAsync();
        await fetch.WaitForAsync(0);
        gate.Open();
        await Eventually.HoldsAsync(() => pages.Coalescer.Running == 0, "the question has ended");
        Assert.Equal((SlotOutcome.Cached, "<p>new</p>"), Of(await pages.FetchAsync()));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(501)]
    public async Task V017_While_its_service_fails_the_old_one_is_shown_as_long_as_the_service_allows(int status)
    {
        await using var pages = await FetchedPages.StartAsync();
        pages.Service.AnswersInTurn("/a", Old, Answer.Status(status));
        await pages.FetchAsync();
        pages.Clock.Advance(PastRevalidating);
        var stale = await pages.FetchAsync();
        Assert.Equal((SlotOutcome.Stale, SlotFailure.Invalid, 75d), (stale.Outcome, stale.Failure, stale.Age!.Value.TotalSeconds));
        Assert.False(stale.IsDegraded);

        // 60 s of freshness, at most a tenth less, and 60 s behind it.
        pages.Clock.Advance(TimeSpan.FromSeconds(46));
        Assert.Equal((SlotOutcome.Failed, SlotFailure.Invalid), ((await pages.FetchAsync()) is var over ? (over.Outcome, over.Failure) : default));
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("text/html; charset=utf-8", "<tr><td>no place for a row</td></tr>")]
    public async Task V017_An_answer_that_cannot_be_shown_is_a_failure_like_any_other(string type, string body)
    {
        await using var pages = await FetchedPages.StartAsync();
        pages.Service.AnswersInTurn("/a", Old, Answer.Of(type, System.Text.Encoding.UTF8.GetBytes(body)));
        await pages.FetchAsync("<div><fragment src=\"products/A\"/></div>");
        pages.Clock.Advance(PastRevalidating);
        Assert.Equal((SlotOutcome.Stale, "<p>old</p>"), Of(await pages.FetchAsync("<div><fragment src=\"products/A\"/></div>")));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_a_service_says_of_the_thing_itself_is_never_hidden_and_ends_what_it_said_before(int status)
    {
        await using var pages = await FetchedPages.StartAsync();
        pages.Service.AnswersInTurn("/a", Old, Answer.Status(status).With("Cache-Control", "no-store"), Answer.Status(500));
        await pages.FetchAsync();
        pages.Clock.Advance(PastRevalidating);
        Assert.Equal(SlotFailure.Answered, (await pages.FetchAsync()).Failure);
        Assert.Equal(SlotFailure.Invalid, (await pages.FetchAsync()).Failure);
    }

    [Theory]
    [InlineData("max-age=60, must-revalidate")]
    [InlineData("max-age=60, proxy-revalidate")]
    [InlineData("s-maxage=60")]
    [InlineData("max-age=60, stale-while-revalidate=0, stale-if-error=0")]
    public async Task Where_the_service_forbids_it_nothing_old_is_shown(string cacheControl)
    {
        await using var pages = await FetchedPages.StartAsync();
        pages.Service.AnswersInTurn("/a", Answer.Html("<p>old</p>").With("Cache-Control", cacheControl), Answer.Status(500));
        await pages.FetchAsync();
        pages.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(SlotOutcome.Failed, (await pages.FetchAsync()).Outcome);
    }

    [Fact]
    public async Task V120_Still_the_same_renews_what_is_remembered_and_keeps_its_body()
    {
        await using var pages = await FetchedPages.StartAsync();
        var first = Answer.Html("<p>a</p>").With("Cache-Control", "max-age=60, must-revalidate").With("ETag", "\"v1\"").With("Last-Modified", "Mon, 23 Nov 2026 10:00:00 GMT").With("Surrogate-Key", "one");
        pages.Service.AnswersInTurn("/a", first, Answer.Status(304).With("Cache-Control", "max-age=600").With("Surrogate-Key", "two"));
        await pages.FetchAsync();
        pages.Clock.Advance(TimeSpan.FromSeconds(61));
        var renewed = await pages.FetchAsync();
        Assert.Equal((SlotOutcome.Fresh, "<p>a</p>", "two"), (renewed.Outcome, FetchedPages.Shown(renewed), renewed.Tags));
        var asked = pages.Service.Requests[1].Headers;
        Assert.Equal(("\"v1\"", "Mon, 23 Nov 2026 10:00:00 GMT"), (asked["If-None-Match"], asked["If-Modified-Since"]));
        pages.Clock.Advance(TimeSpan.FromSeconds(500));
        Assert.Equal((SlotOutcome.Cached, "<p>a</p>"), Of(await pages.FetchAsync()));
        Assert.DoesNotContain("If-None-Match", pages.Service.Requests[0].Headers.Keys);
    }

    [Fact]
    public async Task V120_Still_the_same_that_nobody_asked_about_is_a_failure()
    {
        await using var pages = await FetchedPages.StartAsync();
        pages.Service.Answers("/a", Answer.Status(304));
        Assert.Equal(SlotFailure.Invalid, (await pages.FetchAsync()).Failure);
    }

    [Fact]
    public async Task V120_Still_the_same_as_what_was_purged_meanwhile_does_not_count()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        var first = Answer.Html("<p>old</p>").With("Cache-Control", "max-age=60, must-revalidate").With("ETag", "\"v1\"").With("Surrogate-Key", "a7");
        pages.Service.AnswersInTurn("/a", first, Answer.Status(304).After(gate), New);
        await pages.FetchAsync();
        pages.Clock.Advance(TimeSpan.FromSeconds(61));
        using var fetch = pages.Start();
        await pages.Service.HasReceivedAsync("/a", 2);
        Assert.Equal(1, pages.Purge.Receive(PurgeScope.OfTag("products", "a7"), soft: false));
        gate.Open();
        Assert.Equal("<p>new</p>", FetchedPages.Shown(await fetch.WaitForAsync(0)));
        Assert.DoesNotContain("If-None-Match", pages.Service.Requests[2].Headers.Keys);
    }

    [Fact]
    public async Task V128_What_was_under_way_when_its_tag_was_purged_is_shown_to_who_waited_and_not_remembered()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Old.After(gate), New);
        using var waiting = pages.Start();
        await pages.Service.HasReceivedAsync("/a");
        pages.Purge.Receive(PurgeScope.OfTag("products", "a7"), soft: false);

        // Who comes after the purge does not join a question from before it.
        using var later = pages.Start();
        Assert.Equal("<p>new</p>", FetchedPages.Shown(await later.WaitForAsync(0)));
        gate.Open();
        Assert.Equal("<p>old</p>", FetchedPages.Shown(await waiting.WaitForAsync(0)));
        Assert.Equal((SlotOutcome.Cached, "<p>new</p>"), Of(await pages.FetchAsync()));
        Assert.Equal(2, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task V130_After_a_soft_purge_the_old_one_is_shown_once_more_and_refreshed()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Old, New.After(gate));
        await pages.FetchAsync();
        Assert.Equal(1, await pages.Purge.PurgeAsync(PurgeScope.OfTag("products", "list"), soft: true, TestContext.Current.CancellationToken));
        Assert.Equal((SlotOutcome.Stale, "<p>old</p>"), Of(await pages.FetchAsync()));
        gate.Open();
        await Eventually.HoldsAsync(() => pages.Coalescer.Running == 0, "the refresh has ended");
        Assert.Equal((SlotOutcome.Cached, "<p>new</p>"), Of(await pages.FetchAsync()));
        Assert.Equal(2, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task Behind_a_hard_purge_nothing_old_is_shown_even_when_the_service_fails()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Old, Answer.Status(500).After(gate));
        await pages.FetchAsync();
        pages.Clock.Advance(PastRevalidating);
        using var fetch = pages.Start();
        await pages.Service.HasReceivedAsync("/a", 2);
        pages.Purge.Receive(PurgeScope.OfFragment("products", "A"), soft: false);
        gate.Open();
        Assert.Equal(SlotFailure.Invalid, (await fetch.WaitForAsync(0)).Failure);
    }

    [Fact]
    public async Task What_was_asked_for_while_a_form_was_taken_is_not_remembered()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Old.After(gate), New);
        using var fetch = pages.Start();
        await pages.Service.HasReceivedAsync("/a");
        var (plan, request) = pages.Plan("<fragment src=\"products/A\" timeout=\"60s\"/>");
        await pages.Loader.ForgetAsync(plan, request);
        gate.Open();
        Assert.Equal("<p>old</p>", FetchedPages.Shown(await fetch.WaitForAsync(0)));
        Assert.Equal("<p>new</p>", FetchedPages.Shown(await pages.FetchAsync()));
    }

    private static (SlotOutcome, string) Of(FragmentResult result) => (result.Outcome, FetchedPages.Shown(result));
}
