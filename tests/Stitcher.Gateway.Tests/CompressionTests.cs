using System.IO.Compression;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class CompressionTests
{
    private const string Slot = "<fragment src=\"one/X\" timeout=\"8s\"><p>none</p></fragment>";

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("deflate", null)]
    [InlineData("identity", null)]
    public async Task A_page_is_compressed_the_way_its_reader_takes_it(string accepted, string? coding)
    {
        foreach (var cacheControl in new[] { "no-store", "max-age=60" })
        {
            await using var one = await ScriptedService.StartAsync();
            one.Answers("/x", Answer.Html($"<p>{new string('x', 2000)}</p>").With("Cache-Control", cacheControl));
            await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
                .Service("one", one.Address, "X=/x").Page("/", Slot, ("Delivery", "Buffered"), ("Deadline", "10s")));
            var plain = await gateway.GetAsync("/");
            for (var i = 0; i < 2; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/");
                request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
                using var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
                var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
                Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault());
                Assert.Contains("Accept-Encoding", response.Headers.Vary);
                Assert.Equal(plain, Decode(bytes, coding));
                Assert.True(coding is null || bytes.Length < plain.Length / 2);
            }
        }
    }

    [Fact]
    public async Task Compression_does_not_hold_back_what_is_ready()
    {
        var gate = new Gate();
        await using var one = await ScriptedService.StartAsync();
        one.Answers("/x", Answer.Html("<p>late</p>").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", one.Address, "X=/x").Page("/", $"<p>early</p>{Slot}", ("Deadline", "30s")));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = new GZipStream(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        var page = "";
        var buffer = new byte[4096];
        while (!page.Contains("<p>early</p>", StringComparison.Ordinal))
        {
            var read = await body.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, read);
            page += Encoding.UTF8.GetString(buffer, 0, read);
        }

        Assert.DoesNotContain("late", page, StringComparison.Ordinal);
        gate.Open();
        using var rest = new StreamReader(body);
        Assert.Contains("<p>late</p>", await rest.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Decode(byte[] bytes, string? coding)
    {
        using Stream stream = coding switch
        {
            "br" => new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress),
            "gzip" => new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress),
            _ => new MemoryStream(bytes),
        };
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
