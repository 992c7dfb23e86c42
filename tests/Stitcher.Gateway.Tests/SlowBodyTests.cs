using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>Answers that take their time, or never end.</summary>
public sealed class SlowBodyTests
{
    private const string Html = "<p>slow</p>";
    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task V_021_Headers_that_drip_are_cut_at_the_slots_time_and_not_asked_for_again()
    {
        await using var service = RawService.Start(RawAnswer.Nothing().ThenDrips(RawService.Http(Html), Drip).ThenWaitsForEnd());
        await AssertCutAsync(service);
    }

    [Fact]
    public async Task V_022_A_body_that_drips_is_cut_at_the_same_time_and_its_connection_closed()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http(new string('.', 600))[..^600]).ThenDrips(new string('.', 30), Drip).ThenWaitsForEnd());
        await AssertCutAsync(service);
        await Eventually.HoldsAsync(() => service.Ended == 1, "the gateway ends the connection");
    }

    [Fact]
    public async Task V_023_A_pause_in_mid_body_longer_than_may_be_is_a_failure()
    {
        await using var service = RawService.Start(Pausing(TimeSpan.FromMinutes(1)));
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.Set("Stitcher:Limits:BetweenBytes", "250ms"));
        var watch = Stopwatch.StartNew();
        await page.AssertFailsAsync("no byte for 250 ms behind the first 3 (Stitcher:Limits:BetweenBytes)");
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(240), $"given up after {watch.Elapsed}");
    }

    [Fact]
    public async Task V_023_How_long_it_may_be_is_a_setting()
    {
        await using var service = RawService.Start(Pausing(TimeSpan.FromMilliseconds(300)));
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.Set("Stitcher:Limits:BetweenBytes", "0s"));
        Assert.Equal(Html, await page.AskAsync());
    }

    [Fact]
    public async Task The_first_byte_of_a_body_has_all_the_slots_time()
    {
        await using var service = RawService.Start(
            RawAnswer.Of(RawService.Http(Html)[..^Html.Length]).ThenPauses(TimeSpan.FromMilliseconds(400)).ThenSends(Html));
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.Set("Stitcher:Limits:BetweenBytes", "100ms"));
        Assert.Equal(Html, await page.AskAsync());
    }

    [Fact]
    public async Task V_024_A_connection_whose_other_end_has_vanished_costs_one_slots_time_and_is_given_up()
    {
        await using var service = RawService.Start(
            RawAnswer.Of(RawService.Http(Html)).ThenWaitsForRequest().ThenWaitsForEnd(),
            RawAnswer.Of(RawService.Http("<p>again</p>")).ThenAgain());
        var clock = new FakeTimeProvider();
        await using var page = await PageOfTwo.StartAsync(service.Address, "1s", setup => setup.Time = clock);
        Assert.Equal(Html, await page.AskAsync());
        Assert.Equal("<p>own content</p>", await CutAsync(page, service, 2, clock, TimeSpan.FromSeconds(1)));
        Assert.Equal((1, 2), (service.Connections, service.Requests.Count));
        await Eventually.HoldsAsync(() => service.Ended == 1, "the gateway ends the connection");
        await Eventually.HoldsAsync(async () => await page.AskAsync() == "<p>again</p>", "the service is asked on a new connection");
        Assert.Equal(2, service.Connections);
    }

    [Fact]
    public async Task V_025_A_service_that_is_stopped_costs_no_page_and_is_back_soon_after_it_goes_on()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http(Html, "Connection: close")));
        await using var page = await PageOfTwo.StartAsync(service.Address, "300ms");
        await Eventually.HoldsAsync(async () => await page.AskAsync() == Html, "the service is shown");

        service.Pause();
        for (var i = 0; i < 4; i++)
        {
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => page.AskAsync())), slot => Assert.Equal("<p>own content</p>", slot));
        }

        service.Resume();
        await Eventually.HoldsAsync(async () => await page.AskAsync() == Html, "the service is asked again", 3 * Eventually.Deadline);
    }

    [Fact]
    public async Task V_026_A_handshake_that_stalls_is_given_up_at_the_connect_limit()
    {
        await using var service = RawService.Start(RawAnswer.Nothing().ThenHangs());
        // The neighbour's connection has no more time.
        await using var page = await PageOfTwo.StartAsync(
            service.Address.Replace("http:", "https:", StringComparison.Ordinal), write: setup => setup.Set("Stitcher:Limits:ConnectTime", "2500ms"));
        var watch = Stopwatch.StartNew();
        Assert.Equal("<p>own content</p>", await page.AskAsync());
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(2400), $"given up after {watch.Elapsed}");
        Assert.Contains("no connection within 2500 ms (Stitcher:Limits:ConnectTime)", (await page.Gateway.Log.FirstAsync("PageDegraded")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task V_055_A_body_without_measure_is_cut_at_the_limit_and_its_connection_closed(bool announced)
    {
        const long Size = 100_000_000;
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + (announced ? $"Content-Length: {Size}\r\n\r\n" : $"Transfer-Encoding: chunked\r\n\r\n{Size:x}\r\n");
        await AssertCutAtLimitAsync(RawAnswer.Of(head).ThenFloods("<p>more</p>", Size).ThenWaitsForEnd(), announced ? "a body of 100000000 bytes" : "a body of 524289 bytes");
    }

    [Fact]
    public async Task V_056_A_body_without_end_is_cut_at_the_limit_and_its_connection_closed() =>
        await AssertCutAtLimitAsync(RawAnswer.Of("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n").ThenFloods("b\r\n<p>more</p>\r\n"), "a body of 524289 bytes");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task V_055_A_body_a_little_too_large_ends_its_connection_though_the_rest_would_be_quickly_read(bool announced)
    {
        var body = new string('.', 600_000);
        await using var service = RawService.Start(RawAnswer.Of(announced
            ? RawService.Http(body)
            : $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n").ThenAgain());
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await page.AssertFailsAsync(announced ? "a body of 600000 bytes" : "a body of 524289 bytes", "at most 524288 are taken (Stitcher:Limits:FragmentBytes)");
        await Eventually.HoldsAsync(() => service.Ended == service.Connections, "the gateway ends the connection");
        Assert.Equal((2, 2), (service.Connections, service.Requests.Count));
    }

    private static async Task AssertCutAtLimitAsync(RawAnswer answer, string told)
    {
        await using var service = RawService.Start(answer);
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await page.AssertFailsAsync(told, "at most 524288 are taken (Stitcher:Limits:FragmentBytes)");
        await Eventually.HoldsAsync(() => service.Ended == service.Connections, "the gateway ends the connection");

        // What the system's buffers hold of it may have left the service; the rest has not.
        Assert.InRange(service.Sent / service.Connections, 0, 20_000_000);
    }

    private static async Task AssertCutAsync(RawService service)
    {
        var clock = new FakeTimeProvider();
        await using var page = await PageOfTwo.StartAsync(service.Address, "800ms", setup => setup.Time = clock);
        Assert.Equal("<p>own content</p>", await CutAsync(page, service, 1, clock, TimeSpan.FromMilliseconds(800)));
        Assert.Single(service.Requests);
        Assert.Contains("no complete answer within 800 ms", (await page.Gateway.Log.FirstAsync("PageDegraded")).Text, StringComparison.Ordinal);
    }

    // Asks for the page and lets the slot's time pass when the service has the question, and not before.
    private static async Task<string> CutAsync(PageOfTwo page, RawService service, int question, FakeTimeProvider clock, TimeSpan time)
    {
        var asking = page.AskAsync();
        await Eventually.HoldsAsync(() => service.Requests.Count == question, "the service has the question");
        clock.Advance(time - TimeSpan.FromMilliseconds(1));
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        return await asking;
    }

    private static RawAnswer Pausing(TimeSpan pause) =>
        RawAnswer.Of(RawService.Http(Html, "Cache-Control: max-age=60")[..^(Html.Length - 3)]).ThenPauses(pause).ThenSends(Html[3..]);
}
