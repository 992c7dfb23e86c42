using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Total = TimeSpan.FromMilliseconds(800);

    public static TheoryData<string, Answer> SlowAnswers => new()
    {
        { "before the status", Answer.Hangs },
        { "after the headers", Answer.Html("<p>whole</p>").HangingAfter(0) },
        { "in the body", Answer.Html("<p>whole</p>").HangingAfter(5) },
        { "before the last byte", Answer.Html("<p>whole</p>").HangingAfter(11) },
        { "all the time", Answer.Html(new string('x', 1_000)).Dripping(TimeSpan.FromMilliseconds(20)) },
    };

    [Theory]
    [MemberData(nameof(SlowAnswers))]
    public async Task One_deadline_covers_everything_up_to_the_last_byte_and_is_never_tried_again(string where, Answer answer)
    {
        Assert.NotEmpty(where);
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", answer);
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);
        var asking = proxy.AskAsync(total: Total);
        await service.HasReceivedAsync("/card");
        clock.Advance(Total - TimeSpan.FromMilliseconds(1));
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        using var response = await asking;
        Assert.Equal((UpstreamFailure.Timeout, "no complete answer within 800 ms"), (response.Failure, response.Detail));
        Assert.Equal(1, service.Count("/card"));
    }

    [Fact]
    public async Task The_service_is_told_how_long_it_has()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", "<p>x</p>");
        await using var proxy = ServicesBehindTheProxy.At(new FakeTimeProvider(), service.Address);
        using var response = await proxy.AskAsync(total: Total);
        Assert.Equal("800", Assert.Single(service.Requests).Headers["Stitcher-Deadline-Ms"]);
    }

    [Fact]
    public async Task When_nobody_waits_any_more_the_service_is_let_go()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Hangs);
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        using var gone = new CancellationTokenSource();
        var asking = proxy.AskAsync(clientGone: gone.Token);
        await service.HasReceivedAsync("/card");
        await gone.CancelAsync();
        using var response = await asking;
        Assert.Equal(UpstreamFailure.ClientGone, response.Failure);
        Assert.Equal(1, service.Count("/card"));
    }
}
