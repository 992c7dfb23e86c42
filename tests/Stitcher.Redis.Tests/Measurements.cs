using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Caching;
using Stitcher.TestKit;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Redis.Tests;

/// <summary>What sharing costs and saves on the machine at hand: run by name (<c>-explicit only</c>), not with the tests.</summary>
public sealed class Measurements(ITestOutputHelper output)
{
    private const int Entries = 2_000;

    [Theory(Explicit = true)]
    [InlineData(2_000)]
    [InlineData(50_000)]
    public async Task The_time_of_a_hit_in_Redis(int bytes)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await using var second = await Gateways.StartAsync(service, redis.Address);
        var (writer, reader) = (first.Services.GetRequiredService<ISecondLevel>(), second.Services.GetRequiredService<ISecondLevel>());
        var generation = (await writer.FindAsync("none", FragmentLabels.None, CancellationToken.None)).Generation;
        for (var i = 0; i < Entries; i++)
        {
            writer.Keep($"key {i}", Answer(bytes), generation);
            if (i % 200 == 199)
            {
                await redis.HasEntriesAsync(i + 1);
            }
        }

        var times = new List<double>();
        for (var i = 0; i < Entries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.NotNull((await reader.FindAsync($"key {i}", FragmentLabels.None, CancellationToken.None)).Answer);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        var sorted = times.Skip(Entries / 10).Order().ToArray();
        output.WriteLine($"{bytes} bytes: p50 {sorted[sorted.Length / 2]:0} us, p90 {sorted[sorted.Length * 9 / 10]:0} us, p99 {sorted[sorted.Length * 99 / 100]:0} us");
    }

    [Theory(Explicit = true)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_time_of_a_page_that_the_gateway_remembers_with_and_without_Redis(bool shares)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Says("x", "max-age=3600");
        await using var gateway = shares ? await Gateways.StartAsync(service, redis.Address) : await Gateways.StartAloneAsync(service, "");
        var times = new List<double>();
        for (var i = 0; i < 6 * Entries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await gateway.GetAsync("/?id=1");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        var sorted = times.Skip(2 * Entries).Order().ToArray();
        output.WriteLine($"Redis {shares}: p50 {sorted[sorted.Length / 2]:0} us, p90 {sorted[sorted.Length * 9 / 10]:0} us");
    }

    private static KeptAnswer Answer(int bytes) => new()
    {
        Status = 200,
        IsHtml = true,
        Body = new byte[bytes],
        Headers = new AnswerHeaders { CacheControl = "max-age=600" },
        Labels = new FragmentLabels("service", "X", "/x?id=1"),
        Age = TimeSpan.Zero,
        KeepFor = TimeSpan.FromMinutes(10),
    };
}
