using Stitcher.Caching;
using Xunit;

namespace Stitcher.Tests.Caching;

public sealed class CoalescerTests : IAsyncDisposable
{
    private static readonly CancellationToken Gone = new(canceled: true);

    private readonly Coalescer<string> _coalescer = new(TimeProvider.System);
    private readonly List<Question> _questions = [];

    [Fact]
    public async Task A_question_goes_on_when_those_who_wait_have_no_more_patience()
    {
        var question = Ask();
        using (var share = Join(question))
        {
            Assert.False((await share.WaitAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)).IsHere);
        }

        Assert.False(question.IsCut);
    }

    [Fact]
    public async Task A_question_goes_on_without_anybody_when_one_who_joined_wanted_its_result_kept()
    {
        var question = Ask();
        using (var first = Join(question))
        using (var second = Join(Ask(), lasts: true))
        {
            Assert.False((await first.WaitAsync(Timeout.InfiniteTimeSpan, Gone)).IsHere);
            Assert.False((await second.WaitAsync(Timeout.InfiniteTimeSpan, Gone)).IsHere);
        }

        Assert.False(question.IsCut);
    }

    [Fact]
    public async Task Nobody_joins_a_question_that_everybody_has_left()
    {
        var question = Ask();
        using (var share = Join(question))
        {
            await share.WaitAsync(Timeout.InfiniteTimeSpan, Gone);
        }

        Assert.True(question.IsCut);
        using var later = Join(Ask());
        Assert.True(later.IsFirst);
    }

    [Fact]
    public async Task The_end_of_an_outdated_question_takes_nobody_from_the_one_that_replaced_it()
    {
        var outdated = Ask();
        using var first = Join(outdated, generation: 1);
        using var second = Join(Ask(), generation: 2);
        Assert.True(second.IsFirst);
        outdated.Answer.SetResult("old");
        Assert.Equal((true, "old"), await first.WaitAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken));
        using var third = Join(Ask(), generation: 2);
        Assert.False(third.IsFirst);
    }

    public async ValueTask DisposeAsync()
    {
        _questions.ForEach(question => question.Answer.TrySetResult("over"));
        await _coalescer.DisposeAsync();
    }

    private Question Ask()
    {
        var question = new Question();
        _questions.Add(question);
        return question;
    }

    private Coalescer<string>.Share Join(Question question, long generation = 0, bool lasts = false) =>
        _coalescer.Join("a", generation, _ => false, lasts, token =>
        {
            question.Ending = token;
            return question.Answer.Task;
        });

    private sealed class Question
    {
        public TaskCompletionSource<string> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken Ending { get; set; }

        public bool IsCut => Ending.IsCancellationRequested;
    }
}
