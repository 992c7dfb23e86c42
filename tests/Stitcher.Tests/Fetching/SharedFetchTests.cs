using Stitcher.Fetching;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests.Fetching;

public sealed class SharedFetchTests
{
    private static readonly Answer Storable = Answer.Html("<p>a</p>").With("Cache-Control", "max-age=600");

    [Fact]
    public async Task V101_Five_hundred_who_want_the_same_at_once_cost_one_question()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.Answers("/a", Storable.After(gate));
        var fetches = Start(pages, 500);
        gate.Open();
        Assert.All(await AllAsync(fetches), result => Assert.Equal("<p>a</p>", FetchedPages.Shown(result)));
        Assert.Equal(1, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task V101_Who_looked_before_the_answer_was_remembered_and_asks_after_it_costs_no_second_question()
    {
        await using var pages = await FetchedPages.StartAsync();
        pages.Service.Answers("/a", Storable);
        var (plan, request) = pages.Plan("<fragment src=\"products/A\" timeout=\"60s\"/>");
        var slot = plan.Slots.Single();
        var question = FragmentRequest.For(slot, request)!.Value;
        Assert.Null(pages.Loader.Recall(slot, plan, question));
        await pages.FetchAsync();

        var late = await pages.Loader.LoadAsync(slot, plan, question, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal((SlotOutcome.Cached, "<p>a</p>", 1), (late.Outcome, FetchedPages.Shown(late), pages.Service.Count("/a")));
    }

    [Fact]
    public async Task V102_A_failure_is_shared_like_an_answer_and_costs_one_question()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.Answers("/a", Answer.Status(500).After(gate));
        var fetches = Start(pages, 500);
        gate.Open();
        Assert.All(await AllAsync(fetches), result => Assert.Equal((SlotFailure.Invalid, 500), (result.Failure, result.Status)));
        Assert.Equal(1, pages.Service.Count("/a"));
    }

    [Theory]
    [InlineData("Cache-Control", "no-store")]
    [InlineData("Cache-Control", "private, max-age=60")]
    [InlineData("Set-Cookie", "a=b")]
    [InlineData("Vary", "*")]
    [InlineData("X-Nothing", "said")]
    public async Task V103_What_must_not_be_shared_is_asked_for_by_everybody_at_once_and_later_without_waiting(string name, string value)
    {
        await using var pages = await FetchedPages.StartAsync();
        var (first, others) = (new Gate(), new Gate());
        var own = Answer.Html("<p>mine</p>").With(name, value);
        pages.Service.AnswersInTurn("/a", own.After(first), own.After(others));
        var fetches = Start(pages, 100);
        await pages.Service.HasReceivedAsync("/a");
        first.Open();

        // None of them is answered yet: they were not asked one after another.
        await pages.Service.HasReceivedAsync("/a", 100);
        fetches.AddRange(Start(pages, 10));
        await pages.Service.HasReceivedAsync("/a", 110);
        others.Open();
        Assert.All(await AllAsync(fetches), result => Assert.Equal(SlotOutcome.Fresh, result.Outcome));
        Assert.Equal(110, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task V103_A_storable_answer_makes_everybody_wait_for_one_again()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Answer.Html("<p>x</p>"), Answer.Html("<p>x</p>").With("Cache-Control", "max-age=60, must-revalidate"), Storable.After(gate));
        await pages.FetchAsync();
        await pages.FetchAsync();
        pages.Clock.Advance(TimeSpan.FromSeconds(61));
        var fetches = Start(pages, 20);
        gate.Open();
        await AllAsync(fetches);
        Assert.Equal(3, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task After_two_minutes_it_is_tried_again_whether_one_answer_is_enough()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Answer.Html("<p>x</p>"), Storable.After(gate));
        await pages.FetchAsync();
        pages.Clock.Advance(TimeSpan.FromSeconds(121));
        var fetches = Start(pages, 20);
        gate.Open();
        await AllAsync(fetches);
        Assert.Equal(2, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task A_question_ends_with_the_last_who_waits_for_it_and_not_before()
    {
        await using var pages = await FetchedPages.StartAsync();
        var cut = new TaskCompletionSource();
        pages.Service.Answers("/a", Answer.Hangs.WhenCutOff(() => cut.TrySetResult()));
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();
        var first = pages.Start(clientGone: one.Token);
        var second = pages.Start(clientGone: two.Token);
        await pages.Service.HasReceivedAsync("/a");
        await one.CancelAsync();
        Assert.Equal(SlotFailure.ClientGone, (await first.WaitForAsync(0)).Failure);
        Assert.Equal((1, false), (pages.Coalescer.Running, cut.Task.IsCompleted));
        await two.CancelAsync();
        Assert.Equal(SlotFailure.ClientGone, (await second.WaitForAsync(0)).Failure);
        await cut.Task.WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => pages.Coalescer.Running == 0, "nothing is under way any more");
    }

    [Fact]
    public async Task Whoever_asked_first_may_leave_without_a_loss_to_those_who_joined()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.Answers("/a", Storable.After(gate));
        using var one = new CancellationTokenSource();
        var first = pages.Start(clientGone: one.Token);
        var second = pages.Start();
        await pages.Service.HasReceivedAsync("/a");
        await one.CancelAsync();
        await first.WaitForAsync(0);
        gate.Open();
        Assert.Equal("<p>a</p>", FetchedPages.Shown(await second.WaitForAsync(0)));
        Assert.Equal(1, pages.Service.Count("/a"));
    }

    [Fact]
    public async Task A_shorter_time_is_ones_own_and_a_longer_one_outlives_the_others()
    {
        await using var pages = await FetchedPages.StartAsync();
        var gate = new Gate();
        pages.Service.AnswersInTurn("/a", Answer.Hangs, Storable.After(gate));
        var first = pages.Start("<fragment src=\"products/A\" timeout=\"2s\"/>");
        var longer = pages.Start("<fragment src=\"products/A\" timeout=\"9s\"/>");
        var shorter = pages.Start("<fragment src=\"products/A\" timeout=\"1s\"/>");
        await pages.Service.HasReceivedAsync("/a");
        pages.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SlotFailure.Timeout, (await shorter.WaitForAsync(0)).Failure);
        Assert.Null(first.ResultOf(0));
        pages.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SlotFailure.Timeout, (await first.WaitForAsync(0)).Failure);
        await pages.Service.HasReceivedAsync("/a", 2);
        gate.Open();
        Assert.Equal("<p>a</p>", FetchedPages.Shown(await longer.WaitForAsync(0)));
    }

    [Fact]
    public async Task V104_What_was_remembered_at_once_grows_old_over_a_tenth_of_its_time()
    {
        await using var pages = await FetchedPages.StartAsync();
        for (var i = 0; i < 1_000; i++)
        {
            pages.Service.Answers($"/cards/{i}", Storable);
        }

        var ends = new List<double>();
        for (var i = 0; i < 1_000; i++)
        {
            var result = await pages.FetchAsync("<fragment src=\"products/Card?id={query.id}\"/>", $"?id={i}");
            ends.Add((result.FreshUntil - pages.Clock.GetTimestamp()) / (double)pages.Clock.TimestampFrequency);
        }

        Assert.InRange(ends.Min(), 540, 541);
        Assert.InRange(ends.Max(), 599, 600);
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(ends.Count(end => (int)((end - 540) / 6) == tenth), 50, 160));
    }

    private static List<PageFetch> Start(FetchedPages pages, int count) => [.. Enumerable.Range(0, count).Select(_ => pages.Start())];

    private static async Task<FragmentResult[]> AllAsync(List<PageFetch> fetches) => await Task.WhenAll(fetches.Select(fetch => fetch.WaitForAsync(0).AsTask()));
}
