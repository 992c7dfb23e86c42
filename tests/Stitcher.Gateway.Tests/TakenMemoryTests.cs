using System.Buffers.Binary;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>
/// What hostile answers cost in memory. The whole process counts, the service that sends them included, so these tests run while no others
/// do, and the least of some requests is what one costs.
/// </summary>
[CollectionDefinition(nameof(TakenMemoryTests), DisableParallelization = true)]
[Collection(nameof(TakenMemoryTests))]
public sealed class TakenMemoryTests
{
    private const int Most = 5;
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task V_053_A_bomb_is_refused_before_it_takes_memory(bool lying)
    {
        var bomb = DecompressionTests.Gzip(new byte[100_000_000]);
        if (lying)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(^4), 5_000);
        }

        await using var service = RawService.Start(DecompressionTests.Compressed(bomb));
        await using var page = await PageOfTwo.StartAsync(service.Address, write: setup => setup.With("Compression", true));
        await AssertAllocatesAtMostAsync(page, 2_000_000);
        await page.AssertFailsAsync(lying
            ? "holds more than its trailer says"
            : "a gzip body that holds 100000000 bytes or is cut short, at most 524288 are taken (Stitcher:Limits:FragmentBytes)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task V_055_A_body_without_measure_takes_no_more_memory_than_the_limit(bool announced)
    {
        const long Size = 100_000_000;
        await using var service = RawService.Start(RawAnswer
            .Of(Head + (announced ? $"Content-Length: {Size}\r\n\r\n" : $"Transfer-Encoding: chunked\r\n\r\n{Size:x}\r\n"))
            .ThenFloods("<p>more</p>", Size)
            .ThenWaitsForEnd());
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await AssertAllocatesAtMostAsync(page, 2_000_000);
    }

    [Fact]
    public async Task V_056_A_body_without_end_takes_no_more_memory_than_the_limit()
    {
        await using var service = RawService.Start(RawAnswer.Of(Head + "Transfer-Encoding: chunked\r\n\r\n").ThenFloods("b\r\n<p>more</p>\r\n"));
        await using var page = await PageOfTwo.StartAsync(service.Address);
        await AssertAllocatesAtMostAsync(page, 2_000_000);
    }

    [Fact]
    public async Task V_080_A_flood_of_early_hints_ends_with_the_slots_time_and_is_not_kept()
    {
        await using var service = RawService.Start(RawAnswer.Nothing().ThenFloods("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"));
        await using var page = await PageOfTwo.StartAsync(service.Address, "400ms");
        await AssertLeastAsync(page, 4_000_000, static () => GC.GetTotalMemory(forceFullCollection: true));
        await page.AssertFailsAsync();
        await Eventually.HoldsAsync(() => service.Ended == service.Connections, "the gateway ends the connection");
    }

    private static Task AssertAllocatesAtMostAsync(PageOfTwo page, long most) => AssertLeastAsync(page, most, static () => GC.GetTotalAllocatedBytes(precise: true));

    private static async Task AssertLeastAsync(PageOfTwo page, long most, Func<long> measure)
    {
        await page.AskAsync();
        var least = long.MaxValue;
        for (var i = 0; i < Most && least > most; i++)
        {
            var before = measure();
            Assert.Equal("<p>own content</p>", await page.AskAsync());
            least = Math.Min(least, measure() - before);
        }

        Assert.InRange(least, long.MinValue, most);
    }
}
