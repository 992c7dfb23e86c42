using System.IO.Compression;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class DecompressionTests
{
    private const string Html = "<p>compressed, and whole when it arrives</p>";
    private static readonly byte[] Good = Gzip(Encoding.UTF8.GetBytes(Html));

    [Fact]
    public async Task A_service_is_asked_for_gzip_only_where_its_settings_say_so()
    {
        foreach (var on in new[] { false, true })
        {
            await using var service = RawService.Start(Compressed(Good));
            await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.With("Compression", on));
            Assert.Equal(on ? Html : "<p>own content</p>", await page.AskAsync());
            Assert.Contains(on ? "Accept-Encoding: gzip\r\n" : "Accept-Encoding: identity\r\n", service.Requests[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_arrived_compressed_is_remembered_like_any_other()
    {
        await using var service = RawService.Start(Compressed(Good));
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.With("Compression", true));
        Assert.Equal(Html, await page.AskAsync());
        Assert.Equal(Html, await page.AskAsync());
        Assert.Equal(1, service.Connections);
    }

    [Fact]
    public async Task A_service_that_is_asked_for_gzip_need_not_send_it()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http(Html)));
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.With("Compression", true));
        Assert.Equal(Html, await page.AskAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(20)]
    public async Task V_049_A_gzip_body_cut_short_is_a_failure_though_its_length_is_right(int missing) =>
        await AssertFailsAsync(Compressed(Good[..^missing]), "a gzip body that");

    [Fact]
    public async Task V_049_A_gzip_body_with_anything_behind_its_end_is_a_failure()
    {
        await AssertFailsAsync(Compressed([.. Good, 0]), "a gzip body that");
        await AssertFailsAsync(Compressed([.. Good, .. Good]), "other bytes behind its end");
    }

    [Fact]
    public async Task V_049_A_gzip_body_whose_checksum_is_wrong_is_a_failure()
    {
        var wrong = Good.ToArray();
        wrong[^5] ^= 1;
        await AssertFailsAsync(Compressed(wrong), "other bytes than its trailer says");
    }

    [Fact]
    public async Task V_054_A_body_that_holds_more_than_a_hundred_times_its_size_is_refused() =>
        await AssertFailsAsync(Compressed(Gzip(Encoding.UTF8.GetBytes("<p>" + new string(' ', 400_000) + "</p>"))), "at most 100 times as many are taken (Stitcher:Limits:CompressionRatio)");

    [Fact]
    public async Task V_054_The_ratio_is_a_setting()
    {
        var html = "<p>" + new string('a', 400_000) + "</p>";
        await using var service = RawService.Start(Compressed(Gzip(Encoding.UTF8.GetBytes(html))));
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.With("Compression", true).Set("Stitcher:Limits:CompressionRatio", 1_100));
        Assert.Equal(html, await page.AskAsync());
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("gzip\r\nContent-Encoding: gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("made-up")]
    [InlineData("gzip, identity")]
    public async Task V_057_Any_other_coding_is_refused_and_named(string codings) =>
        await AssertFailsAsync(Compressed(codings.StartsWith("gzip", StringComparison.Ordinal) ? Gzip(Good) : Good, codings), "Content-Encoding '", "expected gzip once or none");

    [Fact]
    public async Task V_057_What_calls_itself_gzip_must_be_gzip() =>
        await AssertFailsAsync(Compressed(Encoding.UTF8.GetBytes(Html)), "a gzip body that does not begin as one");

    private static async Task AssertFailsAsync(RawAnswer answer, params string[] told)
    {
        await using var service = RawService.Start(answer);
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.With("Compression", true));
        await page.AssertFailsAsync(told);
    }

    internal static RawAnswer Compressed(byte[] body, string coding = "gzip") => RawAnswer
        .Of($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: max-age=60\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\n\r\n")
        .ThenSends(body);

    internal static byte[] Gzip(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return compressed.ToArray();
    }
}
