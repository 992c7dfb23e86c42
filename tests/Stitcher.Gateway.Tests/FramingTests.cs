using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>What a lenient client would take: where a body ends, how many headers there are, what a status may be.</summary>
public sealed class FramingTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: max-age=60\r\n";
    private const string Html = "<p>broken</p>";

    [Theory]
    [InlineData("V-041", "Content-Length: 100\r\n\r\n" + Html)]
    [InlineData("V-044", "Transfer-Encoding: chunked\r\n\r\nxyz\r\n" + Html + "\r\n0\r\n\r\n")]
    [InlineData("V-044", "Transfer-Encoding: chunked\r\n\r\n-d\r\n" + Html + "\r\n0\r\n\r\n")]
    [InlineData("V-045", "Transfer-Encoding: chunked\r\n\r\nd\r\n" + Html + "\r\n")]
    public async Task A_body_that_is_not_whole_is_never_shown_and_never_remembered(string row, string rest)
    {
        Assert.NotEmpty(row);
        await using var service = RawService.Start(RawAnswer.Of(Head + rest));
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await page.AssertFailsAsync("the connection broke");
    }

    [Fact]
    public async Task V_042_Bytes_behind_a_body_end_its_connection_and_are_nobodys_answer()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http("<p>mine</p>") + RawService.Http("<p>smuggled</p>")).ThenWaitsForEnd());
        await using var page = await PageOfTwo.StartAsync(service.Address);
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal("<p>mine</p>", await page.AskAsync());
            await Eventually.HoldsAsync(() => service.Ended == i, "the gateway ends the connection");
        }

        Assert.Equal((3, 3), (service.Connections, service.Requests.Count));
    }

    [Fact]
    public async Task V_043_A_reset_in_mid_body_is_a_failure()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http(Html, "Cache-Control: max-age=60")[..^6]).ThenResets());
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await page.AssertFailsAsync("the connection broke");
    }

    [Theory]
    [InlineData("V-046", "Content-Length: 13\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n" + Html + "\r\n0\r\n\r\n", "expected one of them")]
    [InlineData("V-046", "Transfer-Encoding: chunked\r\nContent-Length: 28\r\n\r\nd\r\n" + Html + "\r\n0\r\n\r\n", "expected one of them")]
    [InlineData("V-047", "Content-Length: 13\r\nContent-Length: 12\r\n\r\n" + Html, "not one number")]
    [InlineData("V-047", "Content-Length: 12\r\nContent-Length: 13\r\n\r\n" + Html, "not one number")]
    [InlineData("V-047", "Content-Length: 13, 13\r\n\r\n" + Html, "not one number")]
    [InlineData("V-047", "Content-Length: -13\r\n\r\n" + Html, "not one number")]
    [InlineData("V-047", "Content-Length: 99999999999999999999\r\n\r\n" + Html, "not one number")]
    public async Task What_says_twice_or_wrongly_where_it_ends_ends_with_its_connection(string row, string rest, string told)
    {
        Assert.NotEmpty(row);
        await using var service = RawService.Start(RawAnswer.Of(Head + rest).ThenAgain());
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await page.AssertFailsAsync(told);
        await Eventually.HoldsAsync(() => service.Ended == service.Connections, "the gateway ends the connection");

        // The service would have answered on the first one again.
        Assert.Equal((2, 2), (service.Connections, service.Requests.Count));
    }

    [Fact]
    public async Task V_048_A_body_that_ends_with_its_connection_is_a_failure()
    {
        await using var service = RawService.Start(RawAnswer.Of(Head + "\r\n" + Html));
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await page.AssertFailsAsync("EndsWithConnection");
    }

    [Fact]
    public async Task V_048_A_service_may_be_allowed_to_and_what_it_sends_is_never_remembered()
    {
        await using var service = RawService.Start(RawAnswer.Of(Head + "\r\n<p>whole?</p>"));
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.With("EndsWithConnection", true));
        for (var i = 1; i <= 2; i++)
        {
            Assert.Equal("<p>whole?</p>", await page.AskAsync());
            Assert.Equal(i, service.Connections);
        }
    }

    [Theory]
    [InlineData("Link: </a\u0001.css>; rel=stylesheet")]
    [InlineData("Link: </a\u0000.css>; rel=stylesheet")]
    [InlineData("Link: </a.css>;\r\n rel=stylesheet")]
    [InlineData("Surrogate-Key: one\u0007two")]
    [InlineData("Surrogate-Key: one\r\n\ttwo")]
    [InlineData("Surrogate-Key: one\ttwo")]
    [InlineData("Surrogate-Key: caf\u00e9")]
    [InlineData("Set-Cookie: basket=a\u0001b")]
    [InlineData("Set-Cookie: basket=a; Path=/\u001fx")]
    [InlineData("Set-Cookie: basket=caf\u00e9")]
    [InlineData("Cache-Control: max-age=60\u0001")]
    [InlineData("X-Anything: \u0002\u007f")]
    public async Task V_062_No_control_character_of_a_header_reaches_the_page(string header)
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http("<p>whole</p>", header)));
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.With("SetCookies:0", "basket").Set("Stitcher:Pages:0:Delivery", "Buffered"));
        Assert.Equal("<p>whole</p>", await page.AskAsync());
    }

    [Fact]
    public async Task V_062_An_answer_with_such_a_header_is_not_remembered()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http("<p>whole</p>", "Cache-Control: no-store\u0001", "Date: Sun, 06 Nov 1994 08:49:37 GMT", "Expires: Sun, 06 Nov 1994 09:49:37 GMT")));
        await using var page = await PageOfTwo.StartAsync(service.Address);
        for (var i = 1; i <= 2; i++)
        {
            Assert.Equal("<p>whole</p>", await page.AskAsync());
            Assert.Equal(i, service.Connections);
        }
    }

    public static TheoryData<string, string, string> ManyHeaders => new()
    {
        { "ten thousand", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: a\r\n")), "Stitcher:Limits:ResponseHeaderBytes" },
        { "four thousand small ones", string.Concat(Enumerable.Repeat("a: b\r\n", 4_000)), "4002 headers, at most 64 are taken (Stitcher:Limits:ResponseHeaders)" },
        { "one too many", string.Concat(Enumerable.Range(0, 63).Select(i => $"X-{i}: a\r\n")), "65 headers, at most 64 are taken (Stitcher:Limits:ResponseHeaders)" },
        { "one of a megabyte", $"X-Large: {new string('a', 1_000_000)}\r\n", "headers of more than 32768 bytes, no more are taken (Stitcher:Limits:ResponseHeaderBytes)" },
    };

    [Theory]
    [MemberData(nameof(ManyHeaders))]
    public async Task V_063_More_headers_than_may_be_are_a_failure_that_names_the_limit(string name, string headers, string told)
    {
        Assert.NotEmpty(name);
        await using var service = RawService.Start(RawAnswer.Of("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n" + headers + "\r\n" + Html));
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await page.AssertFailsAsync(told);
        Assert.Equal(2, service.Connections);
    }

    [Fact]
    public async Task V_063_As_many_as_may_be_are_none_too_many()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http("<p>whole</p>", [.. Enumerable.Range(0, 62).Select(i => $"X-{i}: a")])));
        await using var page = await PageOfTwo.StartAsync(service.Address);
        Assert.Equal("<p>whole</p>", await page.AskAsync());
    }

    [Theory]
    [InlineData("304 Not Modified")]
    [InlineData("206 Partial Content")]
    [InlineData("099 Odd")]
    [InlineData("999 Odd")]
    [InlineData("101 Switching Protocols")]
    public async Task V_080_A_status_that_answers_no_question_of_ours_is_a_failure(string status)
    {
        await using var service = RawService.Start(RawAnswer.Of($"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nCache-Control: max-age=60\r\nContent-Length: 13\r\n\r\n{Html}"));
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await page.AssertFailsAsync();
    }
}
