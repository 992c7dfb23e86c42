using System.Buffers.Binary;
using StackExchange.Redis;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Redis.Tests;

public sealed class DamageTests
{
    [Theory]
    [InlineData("a flipped bit of the body")]
    [InlineData("a wrong version")]
    [InlineData("a wrong checksum")]
    [InlineData("another magic")]
    [InlineData("an unknown flag")]
    [InlineData("cut in the middle")]
    [InlineData("one byte too many")]
    [InlineData("a body said to be longer")]
    [InlineData("a text said to be endless")]
    [InlineData("words of somebody else")]
    [InlineData("a hundred megabytes")]
    [InlineData("a list")]
    [InlineData("kept for ever")]
    [InlineData("kept longer than it said")]
    [InlineData("another fragment's entry")]
    public async Task V132_What_is_not_in_Redis_as_it_was_written_is_a_miss_that_is_counted(string damage)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => Answer.Html($"<p>[{request.Target}]</p>").With("Cache-Control", "max-age=60"));
        await using var first = await Gateways.StartAsync(service, redis.Address);
        await using var second = await Gateways.StartAsync(service, redis.Address);
        await first.GetAsync("/?id=other");
        var other = await redis.OnlyEntryAsync();
        await first.GetAsync("/?id=1");
        await redis.HasEntriesAsync(2);
        var name = (await redis.EntriesAsync()).Single(entry => entry != other);
        using var measured = new Measured(second);

        await DamageAsync(redis.Data, damage, name, other);
        var page = await second.GetAsync("/?id=1");

        Assert.Contains("[/x?id=1]", page, StringComparison.Ordinal);
        Assert.Equal(3, service.Count("/x"));
        Assert.Equal((1, 0), (measured.Found("refused"), measured.Found("hit")));
    }

    private static async Task DamageAsync(IDatabase data, string damage, string name, string other)
    {
        var bytes = (byte[])(await data.StringGetAsync(name))!;
        switch (damage)
        {
            case "a hundred megabytes":
                await data.StringSetRangeAsync(name, 100 * 1024 * 1024, "x");
                return;
            case "a list":
                await data.KeyDeleteAsync(name);
                await data.ListLeftPushAsync(name, "x");
                return;
            case "kept for ever":
                await data.KeyPersistAsync(name);
                return;
            case "kept longer than it said":
                await data.KeyExpireAsync(name, TimeSpan.FromDays(3000));
                return;
        }

        bytes = damage switch
        {
            "a flipped bit of the body" => Changed(bytes, bytes.Length - 10, b => (byte)(b ^ 1)),
            "a wrong version" => Changed(bytes, 4, b => (byte)(b + 1)),
            "a wrong checksum" => Changed(bytes, bytes.Length - 1, b => (byte)~b),
            "another magic" => Changed(bytes, 0, _ => (byte)'X'),
            "an unknown flag" => Changed(bytes, 5, b => (byte)(b | 128)),
            "cut in the middle" => bytes[..(bytes.Length / 2)],
            "one byte too many" => [.. bytes, 0],
            "a body said to be longer" => Changed(bytes, 37, b => (byte)(b + 1)),
            "a text said to be endless" => Endless(bytes),
            "another fragment's entry" => (await data.StringGetAsync(other))!,
            _ => "not an envelope at all, but long enough to be taken for one by somebody in a hurry"u8.ToArray(),
        };
        await data.ExecuteAsync("SET", name, bytes, "KEEPTTL");
    }

    private static byte[] Changed(byte[] bytes, int at, Func<byte, byte> change)
    {
        bytes[at] = change(bytes[at]);
        return bytes;
    }

    private static byte[] Endless(byte[] bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), int.MaxValue);
        return bytes;
    }
}
