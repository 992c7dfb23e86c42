using System.Buffers;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using CsCheck;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class GzipBodyTests
{
    private const int Limit = 4_096;
    private const int AnyRatio = 1_100;

    private static readonly Gen<byte[]> Bodies = Gen.OneOf(
        Gen.Byte.Array[0, 600],
        Gen.Byte[97, 99].Array[0, Limit],
        Gen.Select(Gen.String.AlphaNumeric, Gen.Int[1, 20]).Select((text, times) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"<li>{text}</li>", times)))).Where(body => body.Length <= Limit));

    private static readonly Gen<CompressionLevel> Levels = Gen.Enum<CompressionLevel>();

    [Fact]
    public void Any_bytes_that_were_compressed_come_back() => Gen.Select(Bodies, Levels).Sample((body, level) =>
        Assert.Equal(body, Read(Gzip(body, level))));

    [Fact]
    public void Anything_that_was_cut_short_is_refused() => Gen.Select(Bodies, Levels, Gen.Double.Unit).Sample((body, level, part) =>
    {
        var whole = Gzip(body, level);
        Assert.Null(Read(whole[..(int)(part * whole.Length)]));
    });

    [Fact]
    public void A_body_that_does_not_say_that_it_is_over_is_refused_though_all_its_bytes_are_there()
    {
        var plain = "<p>whole?</p>"u8.ToArray();
        using var deflated = new MemoryStream();
        using var deflate = new DeflateStream(deflated, CompressionLevel.Optimal);
        deflate.Write(plain);
        deflate.Flush();
        byte[] body = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, .. deflated.ToArray(), .. BitConverter.GetBytes(Crc32.HashToUInt32(plain)), .. BitConverter.GetBytes(plain.Length)];
        Assert.Equal("a gzip body that is cut short", GzipBody.Read(body, body.Length, Limit, AnyRatio).Problem);
    }

    [Fact]
    public void Any_bit_that_flips_is_noticed_or_does_not_matter() => Gen.Select(Bodies, Levels, Gen.Double.Unit, Gen.Int[0, 7]).Sample((body, level, part, bit) =>
    {
        var flipped = Gzip(body, level);
        flipped[(int)(part * flipped.Length)] ^= (byte)(1 << bit);
        Assert.True(Read(flipped) is not { } read || read.AsSpan().SequenceEqual(body));
    });

    [Fact]
    public void Anything_behind_the_end_is_refused() => Gen.Select(Bodies, Levels, Gen.Byte.Array[1, 40]).Sample((body, level, more) =>
    {
        var whole = Gzip(body, level);
        Assert.Null(Read([.. whole, .. more]));

        // A second body, the same one even, and bytes between an end and its trailer.
        Assert.Null(Read([.. whole, .. whole]));
        Assert.Null(Read([.. whole[..^8], .. more, .. whole[^8..]]));
    });

    [Fact]
    public void Any_bytes_at_all_are_no_exception() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Bool).Sample((bytes, asGzip) =>
    {
        var body = Read(asGzip ? [0x1F, 0x8B, 8, .. bytes] : bytes);
        Assert.True(body is null || body.Length <= Limit);
    });

    [Theory]
    [InlineData(4_096, null)]
    [InlineData(4_097, "a gzip body that holds 4097 bytes or is cut short, at most 4096 are taken (Stitcher:Limits:FragmentBytes)")]
    public void The_limit_is_on_what_comes_out(int size, string? problem)
    {
        var compressed = Gzip(new byte[size], CompressionLevel.Optimal);
        var outcome = GzipBody.Read(compressed, compressed.Length, Limit, AnyRatio);
        Assert.Equal((problem, problem is not null), (outcome.Problem, outcome.IsTooLarge));
    }

    [Fact]
    public void The_ratio_is_kept_to_the_byte()
    {
        var compressed = Gzip(new byte[3_000], CompressionLevel.Optimal);
        var ratio = (3_000 + compressed.Length - 1) / compressed.Length;
        Assert.Null(GzipBody.Read(compressed, compressed.Length, Limit, ratio).Problem);
        Assert.Equal(
            $"a gzip body that holds 3000 bytes in {compressed.Length} or is cut short, at most {ratio - 1} times as many are taken (Stitcher:Limits:CompressionRatio)",
            GzipBody.Read(compressed, compressed.Length, Limit, ratio - 1).Problem);
    }

    [Theory]
    [InlineData(0x01, "")]
    [InlineData(0x08, "name\0")]
    [InlineData(0x10, "comment\0")]
    [InlineData(0x18, "name\0comment\0")]
    [InlineData(0x04, "\u0003\0abc")]
    [InlineData(0x1C, "\u0003\0abcname\0comment\0")]
    public void A_header_may_say_more_than_it_must(byte flags, string more)
    {
        var plain = Gzip("<p>x</p>"u8.ToArray(), CompressionLevel.Optimal);
        byte[] header = [.. plain[..3], flags, .. plain[4..10], .. Encoding.Latin1.GetBytes(more)];
        Assert.Equal("<p>x</p>"u8.ToArray(), Read([.. header, .. plain[10..]]));

        // With the header's own checksum, right and wrong.
        header[3] |= 0x02;
        var checksum = BitConverter.GetBytes((ushort)Crc32.HashToUInt32(header));
        Assert.Equal("<p>x</p>"u8.ToArray(), Read([.. header, .. checksum, .. plain[10..]]));
        checksum[0] ^= 1;
        Assert.Null(Read([.. header, .. checksum, .. plain[10..]]));
    }

    [Theory]
    [InlineData(0x20)]
    [InlineData(0x80)]
    public void Flags_that_nobody_knows_are_refused(byte flags)
    {
        var unknown = Gzip("<p>x</p>"u8.ToArray(), CompressionLevel.Optimal);
        unknown[3] = flags;
        Assert.Null(Read(unknown));
    }

    private static byte[]? Read(byte[] compressed)
    {
        var outcome = GzipBody.Read(compressed, compressed.Length, Limit, AnyRatio);
        if (outcome.Problem is not null)
        {
            Assert.Empty(outcome.Rented);
            return null;
        }

        var body = outcome.Rented.AsSpan(0, outcome.Length).ToArray();
        ArrayPool<byte>.Shared.Return(outcome.Rented);
        return body;
    }

    private static byte[] Gzip(byte[] plain, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
        {
            gzip.Write(plain);
        }

        // Of nothing the framework's stream makes nothing, which is no gzip.
        return compressed.ToArray() is { Length: > 0 } bytes ? bytes : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }
}
