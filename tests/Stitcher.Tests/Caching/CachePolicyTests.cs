using System.Net;
using Stitcher.Caching;
using Stitcher.Configuration;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Caching;

public sealed class CachePolicyTests
{
    private static readonly CacheOptions Options = new();

    // RFC 9111: 4.2.1 (lifetime), 4.2.3 (age), 5.2.2 (directives), 5.3 (Expires), 1.2.2 (numbers).
    [Theory]
    [InlineData("Cache-Control: max-age=60", 60)]
    [InlineData("Cache-Control: Max-Age=60, must-revalidate", 60)]
    [InlineData("Cache-Control: max-age=\"60\"", 60)]
    [InlineData("Cache-Control: public , max-age = 60", 60)]
    [InlineData("Cache-Control: s-maxage=30, max-age=60", 30)]
    [InlineData("Cache-Control: max-age=60, s-maxage=90", 90)]
    [InlineData("Cache-Control: max-age=60, max-age=60", 60)]
    [InlineData("Cache-Control: max-age=60, immutable", 60)]
    [InlineData("Cache-Control: max-age=60, unheard-of=\"a, no-store, b\"", 60)]
    [InlineData("Cache-Control: max-age=60, unheard-of=\"a\\\", no-store, \\\"b\"", 60)]
    [InlineData("Cache-Control: max-age=60\nAge: 20", 40)]
    [InlineData("Cache-Control: max-age=60\nAge: 20, 50", 40)]
    [InlineData("Cache-Control: max-age=60\nAge: young", 60)]
    [InlineData("Cache-Control: max-age=60\nAge: -5", 60)]
    [InlineData("Cache-Control: max-age=99999999999999999999999", 3600)]
    [InlineData("Cache-Control: max-age=7200", 3600)]
    [InlineData("Cache-Control: max-age=60\nVary: Accept-Encoding", 60)]
    [InlineData("Cache-Control: max-age=60\nVary: accept , ACCEPT-ENCODING", 60)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT", 60)]
    [InlineData("Date: Monday, 23-Nov-26 10:00:00 GMT\nExpires: Mon Nov 23 10:01:00 2026", 60)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nAge: 15", 45)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nCache-Control: max-age=5", 5)]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nCache-Control: public", 60)]
    public void An_answer_is_fresh_for_as_long_as_it_says(string headers, int seconds)
    {
        var verdict = Judge(headers);
        Assert.Equal((null, TimeSpan.FromSeconds(seconds)), (verdict.Refusal, verdict.Lifetime));
    }

    [Theory]
    [InlineData("Cache-Control: max-age=60, no-store", "no-store")]
    [InlineData("Cache-Control: NO-STORE, max-age=60", "no-store")]
    [InlineData("Cache-Control: private, max-age=60", "private")]
    [InlineData("Cache-Control: private=\"Set-Cookie\", max-age=60", "private")]
    [InlineData("Cache-Control: no-cache, max-age=60", "no-cache")]
    [InlineData("Cache-Control: no-cache", "no-cache")]
    [InlineData("Cache-Control: max-age=60\nSet-Cookie: a=b", "set-cookie")]
    [InlineData("Cache-Control: max-age=60\nVary: *", "vary")]
    [InlineData("Cache-Control: max-age=60\nVary: Accept-Language", "vary")]
    [InlineData("Cache-Control: max-age=60\nVary: Accept-Encoding, Cookie", "vary")]
    [InlineData("Cache-Control: public", "no-freshness")]
    [InlineData("", "no-freshness")]
    [InlineData("Last-Modified: Mon, 01 Jan 2001 00:00:00 GMT", "no-freshness")]
    [InlineData("Cache-Control: max-age=0", "stale")]
    [InlineData("Cache-Control: max-age=-1", "stale")]
    [InlineData("Cache-Control: max-age=1.5", "stale")]
    [InlineData("Cache-Control: max-age=soon", "stale")]
    [InlineData("Cache-Control: max-age", "stale")]
    [InlineData("Cache-Control: max-age=60, max-age=10", "stale")]
    [InlineData("Cache-Control: max-age=60, s-maxage=0", "stale")]
    [InlineData("Cache-Control: max-age=60\nAge: 60", "stale")]
    [InlineData("Cache-Control: max-age=60\nAge: 61", "stale")]
    [InlineData("Cache-Control: max-age=60\nAge: 99999999999999999999999", "stale")]
    [InlineData("Expires: Mon, 23 Nov 2026 10:01:00 GMT", "stale")]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 09:59:00 GMT", "stale")]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: 0", "stale")]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nCache-Control: max-age=soon", "stale")]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nCache-Control: no-store", "no-store")]
    [InlineData("Date: Mon, 23 Nov 2026 10:00:00 GMT\nExpires: Mon, 23 Nov 2026 10:01:00 GMT\nVary: Cookie", "vary")]
    public void An_answer_that_may_not_be_kept_says_why(string headers, string reason) => Assert.Equal(reason, Judge(headers).Refusal);

    [Theory]
    [InlineData(200, null)]
    [InlineData(203, null)]
    [InlineData(204, null)]
    [InlineData(404, null)]
    [InlineData(410, null)]
    [InlineData(201, "status")]
    [InlineData(206, "status")]
    [InlineData(301, "status")]
    [InlineData(302, "status")]
    [InlineData(401, "status")]
    [InlineData(403, "status")]
    [InlineData(429, "status")]
    [InlineData(500, "status")]
    [InlineData(503, "status")]
    public void Only_some_answers_may_be_kept(int status, string? reason) => Assert.Equal(reason, Judge("Cache-Control: max-age=60", status).Refusal);

    // RFC 5861, sections 3 and 4; RFC 9111: 5.2.2.2, 5.2.2.8, 5.2.2.10. What is not said is the gateway's: 10 s and 60 s.
    [Theory]
    [InlineData("max-age=60", 10, 60)]
    [InlineData("max-age=60, stale-while-revalidate=30, stale-if-error=1200", 30, 1200)]
    [InlineData("max-age=60, stale-while-revalidate=0, stale-if-error=0", 0, 0)]
    [InlineData("max-age=60, stale-while-revalidate=soon", 0, 60)]
    [InlineData("max-age=60, stale-if-error=999999", 10, 86_400)]
    [InlineData("max-age=60, must-revalidate, stale-while-revalidate=30, stale-if-error=30", 0, 0)]
    [InlineData("max-age=60, proxy-revalidate, stale-while-revalidate=30", 0, 0)]
    [InlineData("s-maxage=60", 0, 0)]
    [InlineData("s-maxage=60, stale-while-revalidate=30", 30, 0)]
    [InlineData("s-maxage=60, stale-if-error=30", 0, 30)]
    [InlineData("max-age=0, stale-while-revalidate=30", 30, 60)]
    [InlineData("max-age=0, stale-if-error=30", 0, 30)]
    public void Stale_is_shown_for_as_long_as_the_service_allows(string cacheControl, int whileRevalidate, int ifError)
    {
        var verdict = Judge("Cache-Control: " + cacheControl);
        Assert.Equal((null, TimeSpan.FromSeconds(whileRevalidate), TimeSpan.FromSeconds(ifError)), (verdict.Refusal, verdict.StaleWhileRevalidate, verdict.StaleIfError));
    }

    [Fact]
    public void An_answer_that_was_stale_when_it_came_has_used_up_part_of_its_windows()
    {
        var verdict = Judge("Cache-Control: max-age=60, stale-while-revalidate=30, stale-if-error=100\nAge: 80");
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(80)), (verdict.Lifetime, verdict.StaleWhileRevalidate, verdict.StaleIfError));
    }

    [Theory]
    [InlineData("Cache-Control: no-cache\nETag: \"1\"", 0, 0)]
    [InlineData("Cache-Control: max-age=0\nETag: \"1\"", 0, 60)]
    [InlineData("Cache-Control: max-age=0, must-revalidate\nLast-Modified: Mon, 01 Jan 2001 00:00:00 GMT", 0, 0)]
    public void What_has_a_validator_is_kept_to_be_asked_about(string headers, int whileRevalidate, int ifError)
    {
        var verdict = Judge(headers);
        Assert.Equal(
            (null, TimeSpan.Zero, TimeSpan.FromSeconds(whileRevalidate), TimeSpan.FromSeconds(ifError)),
            (verdict.Refusal, verdict.Lifetime, verdict.StaleWhileRevalidate, verdict.StaleIfError));
    }

    [Theory]
    [InlineData(404, "", 10)]
    [InlineData(410, "", 10)]
    [InlineData(404, "Cache-Control: max-age=120", 120)]
    public void That_there_is_none_is_remembered_for_a_while_and_never_shown_stale(int status, string headers, int seconds)
    {
        var verdict = Judge(headers, status);
        Assert.Equal(
            (null, TimeSpan.FromSeconds(seconds), TimeSpan.Zero, TimeSpan.Zero),
            (verdict.Refusal, verdict.Lifetime, verdict.StaleWhileRevalidate, verdict.StaleIfError));
    }

    // RFC 9213, sections 2.1 and 2.2: the targeted field alone counts when it is there and parses; otherwise it is as if it were not there.
    [Theory]
    [InlineData("max-age=120", 120, null)]
    [InlineData("max-age=120;unknown=1, unheard-of=(a b);x", 120, null)]
    [InlineData("max-age=10, max-age=120", 120, null)]
    [InlineData("max-age=120, no-store=?0", 120, null)]
    [InlineData("no-store", 0, "no-store")]
    [InlineData("no-store=?1", 0, "no-store")]
    [InlineData("private, max-age=120", 0, "private")]
    [InlineData("s-maxage=90, max-age=120", 90, null)]
    [InlineData("public", 0, "no-freshness")]
    [InlineData("", 60, null)]
    [InlineData("max-age=120,", 60, null)]
    [InlineData("max-age=1 20", 60, null)]
    [InlineData("Max-Age=120", 60, null)]
    [InlineData("max-age=120, \"oops", 60, null)]
    [InlineData("max-age=1234567890123456", 60, null)]
    public void What_is_said_to_this_gateway_alone_beats_the_rest_when_it_parses(string targeted, int seconds, string? reason)
    {
        var verdict = Judge($"Cache-Control: max-age=60\nExpires: 0\nStitcher-Cache-Control: {targeted}");
        Assert.Equal((reason, TimeSpan.FromSeconds(seconds)), (verdict.Refusal, verdict.Lifetime));
    }

    [Theory]
    [InlineData("Surrogate-Control: max-age=120\nCache-Control: max-age=60", 120, null)]
    [InlineData("Surrogate-Control: max-age=120+600, content=\"ESI/1.0\"", 120, null)]
    [InlineData("Surrogate-Control: max-age=120\nCache-Control: s-maxage=5", 120, null)]
    [InlineData("Surrogate-Control: no-store\nCache-Control: max-age=60", 0, "no-store")]
    [InlineData("Surrogate-Control: max-age=120\nCache-Control: private", 0, "private")]
    [InlineData("Surrogate-Control: max-age=120\nStitcher-Cache-Control: max-age=5", 5, null)]
    public void Surrogates_are_told_a_lifetime_or_none_and_nothing_else(string headers, int seconds, string? reason)
    {
        var verdict = Judge(headers);
        Assert.Equal((reason, TimeSpan.FromSeconds(seconds)), (verdict.Refusal, verdict.Lifetime));
    }

    [Fact]
    public void Headers_that_are_in_the_key_may_vary() =>
        Assert.True(CachePolicy.Judge(200, false, HeadersOf("Cache-Control: max-age=60\nVary: accept-language"), Options, ["Accept-Language"]).IsStorable);

    [Fact]
    public void What_is_private_is_kept_briefly_where_the_key_is_one_persons()
    {
        var verdict = CachePolicy.Judge(200, false, HeadersOf("Cache-Control: private, max-age=600, stale-while-revalidate=60, stale-if-error=600"), Options, isPartitioned: true);
        Assert.Equal(
            (null, TimeSpan.FromSeconds(60), TimeSpan.Zero, TimeSpan.FromSeconds(30)),
            (verdict.Refusal, verdict.Lifetime, verdict.StaleWhileRevalidate, verdict.StaleIfError));
    }

    // RFC 9111, section 3.5: these three, and no others, make an answer to somebody everybody's.
    [Theory]
    [InlineData("Cache-Control: public", true)]
    [InlineData("Cache-Control: must-revalidate, max-age=60", true)]
    [InlineData("Cache-Control: s-maxage=60", true)]
    [InlineData("Cache-Control: s-maxage=0", true)]
    [InlineData("Cache-Control: max-age=60", false)]
    [InlineData("Cache-Control: proxy-revalidate, max-age=60", false)]
    [InlineData("Cache-Control: max-age=60\nStitcher-Cache-Control: s-maxage=60", true)]
    [InlineData("Cache-Control: public\nStitcher-Cache-Control: max-age=60", false)]
    [InlineData("", false)]
    public void An_answer_to_somebody_is_everybodys_only_where_its_service_says_so(string headers, bool expected) =>
        Assert.Equal(expected, CachePolicy.IsForEverybody(HeadersOf(headers)));

    private static CacheVerdict Judge(string headers, int status = 200) =>
        CachePolicy.Judge(status, headers.Contains("\nSet-Cookie", StringComparison.Ordinal), HeadersOf(headers), Options);

    private static AnswerHeaders HeadersOf(string headers)
    {
        using var message = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
        foreach (var line in headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line.Split(": ")[0], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
            Assert.True(message.Headers.TryAddWithoutValidation(name, value) || message.Content.Headers.TryAddWithoutValidation(name, value));
        }

        var isDoubtful = false;
        return AnswerHeaders.Of(message, ref isDoubtful);
    }
}
