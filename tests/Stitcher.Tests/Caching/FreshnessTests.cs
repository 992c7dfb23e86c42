using System.Net;
using Stitcher.Caching;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Caching;

public sealed class FreshnessTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // RFC 9111: 4.2.1 (lifetime), 4.2.3 (age), 5.2.2 (directives), 5.3 (Expires), 1.2.2 (numbers).
    [Theory]
    [InlineData("Cache-Control: max-age=60", 60)]
    [InlineData("Cache-Control: Max-Age=60, must-revalidate", 60)]
    [InlineData("Cache-Control: max-age=\"60\"", 60)]
    [InlineData("Cache-Control: public , max-age = 60", 60)]
    [InlineData("Cache-Control: s-maxage=30, max-age=60", 30)]
    [InlineData("Cache-Control: max-age=60, s-maxage=90", 90)]
    [InlineData("Cache-Control: max-age=60, s-maxage=0", 0)]
    [InlineData("Cache-Control: max-age=60, max-age=10", 10)]
    [InlineData("Cache-Control: max-age=60\nAge: 20", 40)]
    [InlineData("Cache-Control: max-age=60\nAge: 60", 0)]
    [InlineData("Cache-Control: max-age=60\nAge: 61", 0)]
    [InlineData("Cache-Control: max-age=60\nAge: 20, 50", 40)]
    [InlineData("Cache-Control: max-age=60\nAge: young", 60)]
    [InlineData("Cache-Control: max-age=60\nAge: 99999999999999999999999", 0)]
    [InlineData("Cache-Control: max-age=99999999999999999999999", 3600)]
    [InlineData("Cache-Control: max-age=7200", 3600)]
    [InlineData("Cache-Control: max-age=0", 0)]
    [InlineData("Cache-Control: max-age=-1", 0)]
    [InlineData("Cache-Control: max-age=1.5", 0)]
    [InlineData("Cache-Control: max-age=soon", 0)]
    [InlineData("Cache-Control: max-age", 0)]
    [InlineData("Cache-Control: max-age=60, no-store", 0)]
    [InlineData("Cache-Control: NO-STORE, max-age=60", 0)]
    [InlineData("Cache-Control: private, max-age=60", 0)]
    [InlineData("Cache-Control: private=\"Set-Cookie\", max-age=60", 0)]
    [InlineData("Cache-Control: no-cache, max-age=60", 0)]
    [InlineData("Cache-Control: max-age=60\nSet-Cookie: a=b", 0)]
    [InlineData("Cache-Control: max-age=60\nVary: *", 0)]
    [InlineData("Cache-Control: max-age=60\nVary: Accept-Language", 0)]
    [InlineData("Cache-Control: max-age=60\nVary: Accept-Encoding", 60)]
    [InlineData("Cache-Control: max-age=60\nVary: accept , ACCEPT-ENCODING", 60)]
    [InlineData("Cache-Control: max-age=60\nVary: Accept-Encoding, Cookie", 0)]
    [InlineData("Cache-Control: public", 0)]
    [InlineData("", 0)]
    [InlineData("Last-Modified: Mon, 01 Jan 2001 00:00:00 GMT", 0)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT", 60)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nAge: 15", 45)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 09:59:00 GMT", 0)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: 0", 0)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nCache-Control: max-age=5", 5)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nCache-Control: public", 60)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nCache-Control: max-age=soon", 0)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nCache-Control: no-store", 0)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nVary: Cookie", 0)]
    public void An_answer_is_fresh_for_as_long_as_it_says_and_no_guess_is_made(string headers, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Freshness.Of(Answer(200, headers), Longest));

    [Theory]
    [InlineData(200, 60)]
    [InlineData(203, 60)]
    [InlineData(204, 60)]
    [InlineData(404, 60)]
    [InlineData(410, 60)]
    [InlineData(301, 0)]
    [InlineData(302, 0)]
    [InlineData(403, 0)]
    [InlineData(429, 0)]
    public void Only_some_answers_may_be_kept(int status, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Freshness.Of(Answer(status, "Cache-Control: max-age=60"), Longest));

    private static UpstreamResponse Answer(int status, string headers)
    {
        using var message = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent([]) };
        foreach (var line in headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line.Split(": ")[0], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
            Assert.True(message.Headers.TryAddWithoutValidation(name, value) || message.Content.Headers.TryAddWithoutValidation(name, value));
        }

        return UpstreamResponse.From(message, null, 0, isHtml: false);
    }
}
