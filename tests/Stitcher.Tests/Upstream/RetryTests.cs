using Stitcher.TestKit;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class RetryTests
{
    private static readonly Answer Good = Answer.Html("<p>good</p>");

    public static TheoryData<string, Answer> WorthARetry => new()
    {
        { "reset before the first byte", Answer.Aborts },
        { "reset behind the headers", Answer.Html("<p>broken</p>").CutAfter(0) },
        { "reset in the body", Answer.Html("<p>broken</p>").CutAfter(6) },
        { "502", Answer.Status(502) },
        { "503", Answer.Status(503) },
        { "504", Answer.Status(504) },
    };

    public static TheoryData<string, Answer, string> NotWorthARetry => new()
    {
        { "500", Answer.Status(500), "Status" },
        { "501", Answer.Status(501), "Status" },
        { "503 that says when", Answer.Status(503).With("Retry-After", "1"), "Status" },
        { "404", Answer.Status(404), "None" },
        { "429", Answer.Status(429), "None" },
        { "JSON", Answer.Of("application/json", "{}"u8.ToArray()), "Invalid" },
        { "too large", Answer.Html(new string('x', ServicesBehindTheProxy.BodyLimit + 1)), "TooLarge" },
    };

    [Theory]
    [MemberData(nameof(WorthARetry))]
    public async Task A_broken_answer_is_asked_for_once_more_and_none_of_it_is_shown(string name, Answer first)
    {
        Assert.NotEmpty(name);
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/card", first, Good);
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        using var response = await proxy.AskAsync();
        Assert.True(response.Succeeded, response.Detail);
        Assert.Equal("<p>good</p>"u8.ToArray(), response.Body.ToArray());
        Assert.Equal(2, service.Count("/card"));
        Assert.Equal([false, true], service.Requests.Select(r => r.Headers.ContainsKey("Stitcher-Attempt")));
        Assert.Equal("2", service.Requests[1].Headers["Stitcher-Attempt"]);
    }

    [Theory]
    [MemberData(nameof(WorthARetry))]
    public async Task There_is_no_third_attempt(string name, Answer always)
    {
        Assert.NotEmpty(name);
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/card", always, always, Good);
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        using var response = await proxy.AskAsync();
        Assert.False(response.Succeeded);
        Assert.Equal(2, service.Count("/card"));
    }

    [Theory]
    [MemberData(nameof(NotWorthARetry))]
    public async Task An_answer_that_asking_again_would_not_change_is_taken(string name, Answer first, string failure)
    {
        Assert.NotEmpty(name);
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/card", first, Good);
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        using var response = await proxy.AskAsync();
        Assert.Equal(failure, response.Failure.ToString());
        Assert.Equal(1, service.Count("/card"));
    }

    [Fact]
    public async Task Without_time_for_a_second_answer_there_is_no_second_attempt()
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/card", Answer.Aborts, Good);
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        using var response = await proxy.AskAsync(total: TimeSpan.FromMilliseconds(299));
        Assert.False(response.Succeeded);
        Assert.Equal(1, service.Count("/card"));
    }

    [Fact]
    public async Task The_second_attempt_goes_to_another_destination()
    {
        await using var dying = await ScriptedService.StartAsync();
        await using var healthy = await ScriptedService.StartAsync();
        dying.Answers("/card", Answer.Aborts);
        healthy.Answers("/card", Good);
        await using var proxy = ServicesBehindTheProxy.At(dying.Address, healthy.Address);
        using var response = await proxy.AskAsync();
        Assert.True(response.Succeeded, response.Detail);
        Assert.Equal((1, 1), (dying.Count("/card"), healthy.Count("/card")));
    }

    [Fact]
    public async Task A_destination_where_nobody_listens_is_passed_over()
    {
        await using var healthy = await ScriptedService.StartAsync();
        healthy.Answers("/card", Good);
        await using var proxy = ServicesBehindTheProxy.At($"http://127.0.0.1:{FreePort.Take()}/", healthy.Address);
        using var response = await proxy.AskAsync();
        Assert.True(response.Succeeded, response.Detail);
    }

    [Fact]
    public async Task When_nobody_listens_anywhere_the_failure_says_so()
    {
        await using var proxy = ServicesBehindTheProxy.At($"http://127.0.0.1:{FreePort.Take()}/");
        using var response = await proxy.AskAsync();
        Assert.Equal(UpstreamFailure.Connect, response.Failure);
    }

    [Fact]
    public async Task A_cluster_without_a_destination_is_a_failure_like_any_other()
    {
        await using var proxy = ServicesBehindTheProxy.At();
        using var response = await proxy.AskAsync();
        Assert.Equal((UpstreamFailure.NoDestination, "cluster 'products' has no available destination"), (response.Failure, response.Detail));
    }
}
