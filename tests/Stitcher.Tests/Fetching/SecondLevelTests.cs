using System.Collections.Concurrent;
using System.Text;
using Stitcher.Caching;
using Stitcher.Fetching;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests.Fetching;

public sealed class SecondLevelTests
{
    [Fact]
    public async Task What_one_gateway_was_told_another_one_finds_with_its_age()
    {
        var shared = new InMemory();
        await using var one = await FetchedPages.StartAsync(shared);
        one.Service.Answers("/a", Answer.Html("<p>a</p>").With("Cache-Control", "max-age=60").With("Surrogate-Key", "list"));
        await one.FetchAsync();
        shared.Age(TimeSpan.FromSeconds(20));
        await using var two = await FetchedPages.StartAsync(shared);
        var found = await two.FetchAsync();
        Assert.Equal((SlotOutcome.Cached, "<p>a</p>", "list", 0), (found.Outcome, FetchedPages.Shown(found), found.Tags, two.Service.Count("/a")));
        Assert.InRange((found.FreshUntil - two.Clock.GetTimestamp()) / (double)two.Clock.TimestampFrequency, 35, 40);
    }

    [Theory]
    [InlineData("<p>in</p></div></main><p>out")]
    [InlineData("<tr><td>no place for a row</td></tr>")]
    public async Task A_poisoned_second_level_gets_no_further_than_a_poisoned_service(string html)
    {
        var shared = new InMemory();
        await using var pages = await FetchedPages.StartAsync(shared);
        pages.Service.Answers("/a", Answer.Html("<p>a</p>").With("Cache-Control", "max-age=60"));
        await pages.FetchAsync("<div><fragment src=\"products/A\"/></div>");
        shared.Poison(html);
        await using var other = await FetchedPages.StartAsync(shared);
        other.Service.Answers("/a", html);
        await using var alone = await FetchedPages.StartAsync();
        alone.Service.Answers("/a", html);
        var fromService = await alone.FetchAsync("<div><fragment src=\"products/A\"/></div>");
        var fromShared = await other.FetchAsync("<div><fragment src=\"products/A\"/></div>");
        Assert.Equal(fromService.Markup is null ? null : FetchedPages.Shown(fromService), fromShared.Markup is null ? null : FetchedPages.Shown(fromShared));
    }

    [Theory]
    [InlineData("Set-Cookie", "a=b")]
    [InlineData("Cache-Control", "private")]
    public async Task What_is_one_persons_never_gets_there(string name, string value)
    {
        var shared = new InMemory();
        await using var pages = await FetchedPages.StartAsync(shared);
        pages.Service.Answers("/a", Answer.Html("<p>a</p>").With("Cache-Control", "max-age=60").With(name, value));
        await pages.FetchAsync();
        Assert.True(shared.IsEmpty);
    }

    [Theory]
    [InlineData("max-age=60", true)]
    [InlineData("no-store", false)]
    public async Task Only_what_its_service_has_taken_back_does_not_come_from_there_to_stand_in(string cacheControl, bool standsIn)
    {
        var shared = new InMemory();
        await using var one = await FetchedPages.StartAsync(shared);
        one.Service.Answers("/a", Answer.Html("<p>old</p>").With("Cache-Control", "max-age=60, stale-while-revalidate=0, stale-if-error=600"));
        await one.FetchAsync();
        shared.Age(TimeSpan.FromSeconds(75));
        await using var two = await FetchedPages.StartAsync(shared);
        two.Service.AnswersInTurn("/a", Answer.Html("<p>new</p>").With("Cache-Control", cacheControl).With("Set-Cookie", "a=b"), Answer.Status(500));
        Assert.Equal("<p>new</p>", FetchedPages.Shown(await two.FetchAsync()));
        Assert.Equal(standsIn ? SlotOutcome.Stale : SlotOutcome.Failed, (await two.FetchAsync()).Outcome);
    }

    private sealed class InMemory : ISecondLevel
    {
        private readonly ConcurrentDictionary<string, KeptAnswer> _answers = new();

        public bool IsEmpty => _answers.IsEmpty;

        public bool IsPresent => true;

        public void Age(TimeSpan span) => Change(answer => answer with { Age = answer.Age + span });

        public void Poison(string html) => Change(answer => answer with { Body = Encoding.UTF8.GetBytes(html) });

        public ValueTask<SecondLevelFind> FindAsync(string key, FragmentLabels labels, CancellationToken cancellationToken) => new(new SecondLevelFind(_answers.GetValueOrDefault(key), 0));

        public void Keep(string key, KeptAnswer answer, long generation) => _answers[key] = answer;

        public ValueTask PurgeAsync(PurgeScope scope, bool soft, CancellationToken cancellationToken) => default;

        private void Change(Func<KeptAnswer, KeptAnswer> change)
        {
            foreach (var (key, answer) in _answers)
            {
                _answers[key] = change(answer);
            }
        }
    }
}
