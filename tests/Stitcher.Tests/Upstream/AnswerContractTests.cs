using System.Text;
using Stitcher.TestKit;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class AnswerContractTests
{
    private const int Limit = ServicesBehindTheProxy.BodyLimit;

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("TEXT/HTML;Charset=\"UTF-8\"")]
    [InlineData("text/html; charset=utf8")]
    [InlineData("text/html;profile=x; charset = utf-8")]
    public async Task Html_in_utf_8_is_taken_however_its_type_is_written(string type) => Assert.Null(await DetailAsync(With(type)));

    [Theory]
    [InlineData("application/json")]
    [InlineData("image/svg+xml")]
    [InlineData("application/xhtml+xml")]
    [InlineData("text/plain")]
    [InlineData("text/htmlx")]
    [InlineData("text/html, text/plain")]
    [InlineData("text/html; charset=iso-8859-1")]
    [InlineData("text/html; charset=utf-16")]
    [InlineData("text/html; charset=utf-7")]
    [InlineData("text/html; charset=")]
    [InlineData("text/html; notcharset=utf-8; charset=utf-7")]
    public async Task Another_type_or_charset_is_refused_and_named(string type)
    {
        var detail = await DetailAsync(With(type));
        Assert.Equal($"Content-Type '{type}', expected text/html; charset=utf-8", detail);
    }

    [Fact]
    public async Task An_answer_without_a_type_is_refused() =>
        Assert.Contains("without Content-Type", await DetailAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"), StringComparison.Ordinal);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("made-up")]
    public async Task An_encoding_that_was_not_asked_for_is_refused(string coding) =>
        Assert.Contains($"Content-Encoding '{coding}'", await DetailAsync(RawService.Http("x", $"Content-Encoding: {coding}")), StringComparison.Ordinal);

    [Fact]
    public async Task Identity_is_no_encoding() => Assert.Null(await DetailAsync(RawService.Http("x", "Content-Encoding: identity")));

    [Theory]
    [InlineData(206)]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(999)]
    public async Task A_status_that_answers_another_question_is_refused(int status) =>
        Assert.Contains($"status {status}", await DetailAsync($"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\nx"), StringComparison.Ordinal);

    [Theory]
    [InlineData(204, "", false, 0)]
    [InlineData(302, "Location: /login\r\n", false, 0)]
    [InlineData(404, "Content-Type: text/html\r\n", true, 1)]
    [InlineData(404, "Content-Type: application/json\r\n", false, 0)]
    [InlineData(410, "", false, 0)]
    public async Task An_answer_without_a_page_to_show_is_still_an_answer(int status, string headers, bool isHtml, int length)
    {
        await using var service = RawService.Start(RawAnswer.Of($"HTTP/1.1 {status} X\r\n{headers}{(status == 204 ? "" : "Content-Length: 1\r\n")}\r\n{(status == 204 ? "" : "x")}"));
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        using var response = await proxy.AskAsync();
        Assert.True(response.Succeeded, response.Detail);
        Assert.Equal((status, isHtml, length), (response.Status, response.IsHtml, response.Body.Length));
        Assert.Equal(status == 302 ? "/login" : null, response.Location);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Limit)]
    public async Task A_body_within_the_limit_is_read_whole_whether_its_length_is_told_or_not(int length)
    {
        var body = new string('x', length);
        foreach (var answer in new[] { RawService.Http(body), Chunked(body) })
        {
            await using var service = RawService.Start(RawAnswer.Of(answer));
            await using var proxy = ServicesBehindTheProxy.At(service.Address);
            using var response = await proxy.AskAsync();
            Assert.Equal(body, Encoding.UTF8.GetString(response.Body.Span));
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_or_while_it_is_read()
    {
        Assert.Equal("a body of 4097 bytes or more, at most 4096 are taken (Stitcher:Limits:FragmentBytes)", await DetailAsync(RawService.Http(new string('x', Limit + 1))));
        Assert.Equal("a body of 4097 bytes or more, at most 4096 are taken (Stitcher:Limits:FragmentBytes)", await DetailAsync(Chunked(new string('x', Limit + 1))));

        // It has announced more than it may, and need not send it to be refused.
        Assert.Equal(
            "a body of 100000000 bytes or more, at most 4096 are taken (Stitcher:Limits:FragmentBytes)",
            await DetailAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000000\r\n\r\nx"));
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\nshort")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nxyz\r\nshort\r\n0\r\n\r\n")]
    public async Task A_body_that_is_not_complete_is_never_taken(string rest)
    {
        await using var service = RawService.Start(RawAnswer.Of("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + rest));
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        using var response = await proxy.AskAsync();
        Assert.Equal((UpstreamFailure.Broken, 2), (response.Failure, service.Connections));
    }

    [Fact]
    public async Task What_follows_the_announced_length_is_not_a_part_of_the_body()
    {
        await using var service = RawService.Start(RawAnswer.Of("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\nevil"));
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        for (var i = 0; i < 2; i++)
        {
            using var response = await proxy.AskAsync();
            Assert.Equal("ok", Encoding.UTF8.GetString(response.Body.Span));
        }
    }

    [Fact]
    public async Task The_headers_that_matter_are_kept()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Html("x").With("Cache-Control", "max-age=60").With("Cache-Control", "public").With("Age", "7").With("Vary", "Accept-Language")
            .With("Link", "</a.css>; rel=stylesheet").With("Link", "</b.css>; rel=stylesheet").With("Set-Cookie", "a=b").With("Expires", "0"));
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        using var response = await proxy.AskAsync();
        Assert.Equal(
            ("max-age=60, public", "7", "Accept-Language", "</a.css>; rel=stylesheet, </b.css>; rel=stylesheet", true, "0"),
            (response.Headers.CacheControl, response.Headers.Age, response.Headers.Vary, response.Headers.Link, response.SetsCookie, response.Headers.Expires));
        Assert.NotNull(response.Headers.Date);
    }

    [Fact]
    public async Task The_service_is_asked_with_a_plain_get_that_names_the_fragment()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/base/cards/a%20b", "x");
        await using var proxy = ServicesBehindTheProxy.At(service.Address + "base/");
        using var response = await proxy.AskAsync("/cards/a%20b?size=%C3%BC");
        Assert.True(response.Succeeded, response.Detail);
        var request = Assert.Single(service.Requests);
        Assert.Equal(("GET", "/base/cards/a%20b?size=%C3%BC"), (request.Method, request.Target));
        Assert.Equal(("text/html", "identity", "ProductCard"), (request.Headers["Accept"], request.Headers["Accept-Encoding"], request.Headers["Stitcher-Fragment"]));
        Assert.DoesNotContain(request.Headers.Keys, name => name is "Cookie" or "Stitcher-Attempt");
    }

    private static string With(string type) => $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: 1\r\n\r\nx";

    private static string Chunked(string body) =>
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + (body.Length > 0 ? $"{body.Length:x}\r\n{body}\r\n" : "") + "0\r\n\r\n";

    private static async Task<string?> DetailAsync(string answer)
    {
        await using var service = RawService.Start(RawAnswer.Of(answer));
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        using var response = await proxy.AskAsync();
        Assert.Equal(response.Detail is null, response.Succeeded);
        return response.Detail;
    }
}
