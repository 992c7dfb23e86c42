using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Stitcher.Upstream;

/// <summary>
/// Decompresses one complete body of gzip (RFC 1952). The framework's own stream takes a body that is cut short, several bodies behind each other and
/// bytes behind the last (.NET 10); here all that is refused, and so is a body that does not hold exactly what its trailer says. The trailer's length is looked
/// at first, so that memory is taken only for what may be kept.
/// </summary>
internal static class GzipBody
{
    private const int HeaderBytes = 10;
    private const int TrailerBytes = 8;

    [Flags]
    private enum Flags : byte
    {
        Checksum = 0x02,
        Extra = 0x04,
        Name = 0x08,
        Comment = 0x10,
        Reserved = 0xE0,
    }

    /// <summary>What came out.</summary>
    /// <param name="Rented">The buffer with the bytes; empty with a problem.</param>
    /// <param name="Length">How many of its bytes are the body.</param>
    /// <param name="Problem">What is wrong, or null.</param>
    /// <param name="IsTooLarge">It is only too much.</param>
    public readonly record struct Outcome(byte[] Rented, int Length, string? Problem, bool IsTooLarge = false);

    /// <param name="compressed">The buffer with the compressed body.</param>
    /// <param name="length">How many of its bytes are the body.</param>
    /// <param name="limit">The most bytes to make of it.</param>
    /// <param name="ratio">How many times its size it may hold.</param>
    public static Outcome Read(byte[] compressed, int length, int limit, int ratio)
    {
        var body = compressed.AsSpan(0, length);
        if (HeaderOf(body) is not (> 0 and var start) || length - start < TrailerBytes)
        {
            return Broken("does not begin as one");
        }

        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(body[^8..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(body[^4..]);
        if (size > limit)
        {
            return new([], 0, $"a gzip body that holds {size} bytes or is cut short, at most {limit} are taken (Stitcher:Limits:FragmentBytes)", IsTooLarge: true);
        }

        if (size > (long)length * ratio)
        {
            return new([], 0, $"a gzip body that holds {size} bytes in {length} or is cut short, at most {ratio} times as many are taken (Stitcher:Limits:CompressionRatio)", IsTooLarge: true);
        }

        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, (int)size));
        if (Inflate(compressed, start, length - TrailerBytes, rented.AsSpan(0, (int)size)) is not { } problem)
        {
            if (Crc32.HashToUInt32(rented.AsSpan(0, (int)size)) == checksum)
            {
                return new(rented, (int)size, null);
            }

            problem = "holds other bytes than its trailer says";
        }

        ArrayPool<byte>.Shared.Return(rented);
        return Broken(problem);
    }

    private static Outcome Broken(string problem) => new([], 0, $"a gzip body that {problem}");

    // Where the compressed data begin, or -1.
    private static int HeaderOf(ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderBytes || !body.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]))
        {
            return -1;
        }

        var flags = (Flags)body[3];
        var at = HeaderBytes;
        if ((flags & Flags.Reserved) != 0)
        {
            return -1;
        }

        if (flags.HasFlag(Flags.Extra))
        {
            at = body.Length - at < 2 ? -1 : at + 2 + BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);
        }

        at = flags.HasFlag(Flags.Name) ? BehindText(body, at) : at;
        at = flags.HasFlag(Flags.Comment) ? BehindText(body, at) : at;
        if (at < 0 || at > body.Length)
        {
            return -1;
        }

        if (!flags.HasFlag(Flags.Checksum))
        {
            return at;
        }

        return body.Length - at >= 2 && BinaryPrimitives.ReadUInt16LittleEndian(body[at..]) == (ushort)Crc32.HashToUInt32(body[..at]) ? at + 2 : -1;
    }

    private static int BehindText(ReadOnlySpan<byte> body, int at) =>
        at < 0 || at > body.Length || body[at..].IndexOf((byte)0) is not (>= 0 and var end) ? -1 : at + end + 1;

    private static string? Inflate(byte[] compressed, int start, int end, Span<byte> output)
    {
        using var source = new Source(compressed, start, end);
        using var inflater = new DeflateStream(source, CompressionMode.Decompress);
        try
        {
            var filled = inflater.ReadAtLeast(output, output.Length, throwOnEndOfStream: false);
            var isMore = inflater.Read(stackalloc byte[1]) > 0;
            return (isMore, source.WasMissing || filled < output.Length, source.IsUsedUp) switch
            {
                (true, _, _) => "holds more than its trailer says",
                (_, true, _) => "is cut short",
                (_, _, false) => "has other bytes behind its end",
                _ => null,
            };
        }
        catch (InvalidDataException)
        {
            return "cannot be decompressed";
        }
    }

    /// <summary>
    /// Hands out the compressed bytes, the last one alone: the inflater asks for more only when it has used what it has, so that it has used exactly all
    /// when it has asked for the last byte and for nothing behind it.
    /// </summary>
    private sealed class Source(byte[] bytes, int start, int end) : Stream
    {
        private int _at = start;

        public bool IsUsedUp => _at == end;

        public bool WasMissing { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            WasMissing |= IsUsedUp && buffer.Length > 0;
            var before = end - 1 - _at;
            var count = Math.Min(buffer.Length, before > 0 ? before : end - _at);
            bytes.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
