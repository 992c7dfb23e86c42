using System.Net;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class BrokenAnswerTests
{
    private const string Html = "<p>broken</p>";

    public static TheoryData<string, Answer> Answers => new()
    {
        { "500", Answer.Html(Html).WithStatus(500) },
        { "503 with Retry-After", Answer.Html(Html).WithStatus(503).With("Retry-After", "1") },
        { "404", Answer.Html(Html).WithStatus(404) },
        { "401", Answer.Html(Html).WithStatus(401) },
        { "429", Answer.Html(Html).WithStatus(429) },
        { "redirect", Answer.Html(Html).WithStatus(302).With("Location", "/elsewhere") },
        { "V-080 partial content", Answer.Html(Html).WithStatus(206).With("Content-Range", "bytes 0-12/13") },
        { "V-050 JSON", Answer.Of("application/json", "{\"broken\":true}"u8.ToArray()) },
        { "V-050 SVG", Answer.Of("image/svg+xml", Encoding.UTF8.GetBytes(Html)) },
        { "V-050 plain text", Answer.Of("text/plain", Encoding.UTF8.GetBytes(Html)) },
        { "V-051 Latin-1", Answer.Of("text/html; charset=iso-8859-1", Encoding.Latin1.GetBytes(Html)) },
        { "V-051 UTF-7", Answer.Of("text/html; charset=utf-7", Encoding.ASCII.GetBytes(Html)) },
        { "V-051 UTF-16", Answer.Of("text/html; charset=utf-16", Encoding.Unicode.GetBytes(Html)) },
        { "V-051 a charset that nobody knows", Answer.Of("text/html; charset=bogus", Encoding.ASCII.GetBytes(Html)) },
        { "V-051 a charset that is none", Answer.Of("text/html; charset=\"\\", Encoding.ASCII.GetBytes(Html)) },
        { "V-052 a lone byte of UTF-8", Answer.Of("text/html; charset=utf-8", [.. Encoding.UTF8.GetBytes(Html), 0xFF]) },
        { "V-052 a surrogate", Answer.Of("text/html; charset=utf-8", [.. Encoding.UTF8.GetBytes(Html), 0xED, 0xA0, 0x80]) },
        { "V-052 an overlong sequence", Answer.Of("text/html; charset=utf-8", [.. Encoding.UTF8.GetBytes(Html), 0xC0, 0xAF]) },
        { "V-059 a NUL", Answer.Of("text/html; charset=utf-8", [.. Encoding.UTF8.GetBytes(Html), 0]) },
        { "V-057 gzip nobody asked for", Answer.Html(Html).With("Content-Encoding", "gzip") },
        { "V-055 a body beyond the limit", Answer.Html(Html + new string(' ', 600_000)) },
        { "cut in mid-body", Answer.Html(Html).CutAfter(5) },
        { "cut before the headers", Answer.Aborts },
        { "plaintext", Answer.Html(Html + "<plaintext>") },
        { "rows outside a table", Answer.Html("<tr><td>broken</td></tr>") },
    };

    public static TheoryData<string, string> Bytes => new()
    {
        { "nothing at all", "" },
        { "half a head", "HTTP/1.1 200 OK\r\nContent-Type: text/h" },
        { "no HTTP", "220 mail.example ESMTP ready\r\n" },
        { "V-041 a body shorter than announced", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>broken</p>" },
        { "V-045 chunks without an end", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n<p>broken</p>\r\n" },
        { "V-044 a chunk size that is none", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n<p>broken</p>\r\n0\r\n\r\n" },
        { "V-047 two lengths", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nContent-Length: 12\r\n\r\n<p>broken</p>" },
        { "V-047 a length below zero", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: -13\r\n\r\n<p>broken</p>" },
        { "V-047 a length of twenty digits", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999999999999\r\n\r\n<p>broken</p>" },
        { "V-046 length and chunks", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n<p>broken</p>\r\n0\r\n\r\n" },
        { "V-048 an end that is only the connection's", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>broken</p>" },
        { "V-050 no type", "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<p>broken</p>" },
        { "V-080 status 999", "HTTP/1.1 999 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>broken</p>" },
        { "V-080 an unasked 304", "HTTP/1.1 304 Not Modified\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_broken_answer_shows_the_slots_own_content(string fault, Answer answer)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", answer.With("Cache-Control", "max-age=60"));
        await AssertFallbackAsync(fault, service.Address);
    }

    [Theory]
    [MemberData(nameof(Bytes))]
    public async Task Bytes_that_are_no_sound_answer_show_the_slots_own_content(string fault, string bytes)
    {
        await using var service = RawService.Start(RawAnswer.Of(bytes));
        await AssertFallbackAsync(fault, service.Address);
    }

    [Fact]
    public async Task V_043_A_connection_reset_in_mid_body_shows_the_slots_own_content()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http(Html)[..^6]).ThenResets());
        await AssertFallbackAsync("reset", service.Address);
    }

    [Fact]
    public async Task V_042_Bytes_behind_an_answer_never_become_the_next_one()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http("<p>mine</p>") + RawService.Http("<p>smuggled</p>")));
        await using var gateway = await StartAsync(service.Address);
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("<main><p>mine</p></main>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task An_answer_that_a_proxy_gives_in_passing_is_asked_for_once_more(int status)
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/x", Answer.Status(status), Answer.Html("<p>whole</p>"));
        await using var gateway = await StartAsync(service.Address);

        Assert.Contains("<main><p>whole</p></main>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(2, service.Count("/x"));
    }

    [Fact]
    public async Task A_body_cut_in_its_middle_is_asked_for_once_more_and_no_byte_of_it_is_shown()
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/x", Answer.Html("<p>first half, second half</p>").CutAfter(14), Answer.Html("<p>whole</p>"));
        await using var gateway = await StartAsync(service.Address);

        var page = await gateway.GetAsync("/");
        Assert.Contains("<main><p>whole</p></main>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("first half", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_says_when_to_come_back_is_not_asked_before()
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn("/x", Answer.Status(503).With("Retry-After", "30"), Answer.Html("<p>whole</p>"));
        await using var gateway = await StartAsync(service.Address);

        Assert.Contains("own content", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(1, service.Count("/x"));
    }

    [Fact]
    public async Task Nothing_to_show_on_purpose_shows_nothing()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", new Answer().WithStatus(204));
        await using var gateway = await StartAsync(service.Address);

        Assert.Contains("<main></main>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Empty(gateway.Log.Events("PageDegraded"));
    }

    [Fact]
    public async Task V_058_A_byte_order_mark_is_no_fault()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Of("text/html", [0xEF, 0xBB, 0xBF, .. "<p>whole</p>"u8]));
        await using var gateway = await StartAsync(service.Address);

        Assert.Contains("<main><p>whole</p></main>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    private static async Task AssertFallbackAsync(string fault, string address)
    {
        await using var gateway = await StartAsync(address);
        using var response = await gateway.Client.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(page.Contains("<main><p>own content</p></main>", StringComparison.Ordinal), $"{fault}: {page}");
        Assert.DoesNotContain("broken", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
        Assert.True((await gateway.GetAsync("/")).Contains("<main><p>own content</p></main>", StringComparison.Ordinal), $"{fault} was remembered");
        Assert.Contains("service/X", (await gateway.Log.FirstAsync("PageDegraded")).Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Log.Events("FetchCrashed"));
    }

    private static Task<GatewayUnderTest> StartAsync(string address) => GatewayUnderTest.StartAsync(setup => setup
        .Service("service", address, "X=/x")
        .Page("/", "<main><fragment src=\"service/X\" timeout=\"8s\"><p>own content</p></fragment></main>", ("Deadline", "10s")));
}
