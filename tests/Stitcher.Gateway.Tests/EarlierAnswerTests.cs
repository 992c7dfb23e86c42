using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>What becomes of what was remembered when the service's next answer must not be.</summary>
public sealed class EarlierAnswerTests
{
    private const string Lifetime = "max-age=60, stale-while-revalidate=0, stale-if-error=600";

    private static readonly Answer Old = Answer.Html("<p>old</p>").With("Cache-Control", Lifetime).With("ETag", "\"v1\"");

    [Theory]
    [InlineData(200, "new")]
    [InlineData(304, "old")]
    public async Task An_answer_with_a_cookie_leaves_the_one_without_to_stand_in_when_the_service_fails(int status, string shown)
    {
        await using var service = await ScriptedService.StartAsync();
        var answer = status == 200 ? Answer.Html("<p>new</p>") : Answer.Status(status);
        service.AnswersInTurn("/x", Old, answer.With("Cache-Control", Lifetime).With("ETag", "\"v1\"").With("Set-Cookie", "mine=1"), Answer.Status(500));
        var clock = new Ahead();
        await using var gateway = await StartAsync(service.Address, clock);
        using var first = await GetAsync(gateway);
        clock.Advance(TimeSpan.FromSeconds(90));
        using var own = await GetAsync(gateway);
        Assert.Equal((200, "private, no-store"), (own.Status, own.Header("Cache-Control")));
        Assert.Contains($"<p>{shown}</p>", own.Body, StringComparison.Ordinal);
        Assert.Contains("\r\nSet-Cookie: mine=1", own.Head, StringComparison.OrdinalIgnoreCase);

        for (var i = 0; i < 2; i++)
        {
            using var another = await GetAsync(gateway);
            Assert.Equal((200, "private, no-store"), (another.Status, another.Header("Cache-Control")));
            Assert.Contains("<p>old</p>", another.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("mine", another.Head + another.Body, StringComparison.Ordinal);
        }

        Assert.Equal(4, service.Count("/x"));
    }

    [Fact]
    public async Task An_answer_that_may_be_cut_leaves_the_whole_one_to_stand_in_when_the_service_fails()
    {
        const string Close = "Connection: close";
        await using var service = RawService.Start(
            RawAnswer.Of(RawService.Http("<p>old</p>", "Cache-Control: " + Lifetime, Close)),
            RawAnswer.Of($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: {Lifetime}\r\n\r\n<p>who knows</p>"),
            RawAnswer.Of($"HTTP/1.1 500 No\r\nContent-Length: 0\r\n{Close}\r\n\r\n"));
        var clock = new Ahead();
        await using var gateway = await StartAsync(service.Address, clock);
        using var first = await GetAsync(gateway);
        clock.Advance(TimeSpan.FromSeconds(90));
        using var doubtful = await GetAsync(gateway);
        Assert.Contains("<p>who knows</p>", doubtful.Body, StringComparison.Ordinal);

        using var later = await GetAsync(gateway);
        Assert.Equal(200, later.Status);
        Assert.Contains("<p>old</p>", later.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "no-store")]
    [InlineData(200, "private, max-age=60")]
    [InlineData(200, "")]
    [InlineData(304, "no-store")]
    [InlineData(404, "max-age=60")]
    public async Task An_answer_that_takes_back_what_was_said_before_does_so_with_a_cookie_too(int status, string cacheControl)
    {
        await using var service = await ScriptedService.StartAsync();
        var answer = Answer.Status(status).With("Set-Cookie", "mine=1");
        service.AnswersInTurn("/x", Old, cacheControl.Length == 0 ? answer : answer.With("Cache-Control", cacheControl), Answer.Status(500));
        var clock = new Ahead();
        await using var gateway = await StartAsync(service.Address, clock);
        using var first = await GetAsync(gateway);
        clock.Advance(TimeSpan.FromSeconds(90));
        using var own = await GetAsync(gateway);
        Assert.Equal(status == 304 ? 200 : status, own.Status);

        using var later = await GetAsync(gateway);
        Assert.Equal(502, later.Status);
        Assert.DoesNotContain("<p>old</p>", later.Body, StringComparison.Ordinal);
    }

    private static async Task<RawPage> GetAsync(GatewayUnderTest gateway) => await (await RawPage.RequestAsync(gateway.Address, "/")).ReadToEndAsync();

    private static Task<GatewayUnderTest> StartAsync(string address, TimeProvider clock) => GatewayUnderTest.StartAsync(setup =>
    {
        setup.Time = clock;
        setup.Set("Stitcher:Cache:FailureMemory", "0s")
            .Service("service", address, "X=/x").With("SetCookies:0", "mine").With("EndsWithConnection", true)
            .Page("/", "<fragment src=\"service/X\" timeout=\"18s\" primary></fragment>", ("Deadline", "20s"), ("Delivery", "Buffered"));
    });
}
