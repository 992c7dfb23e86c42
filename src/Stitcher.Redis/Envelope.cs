using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Stitcher.Caching;
using Stitcher.Upstream;

namespace Stitcher.Redis;

/// <summary>
/// One remembered answer as bytes: a head of fixed length, the texts, the body, the seal. Whatever is not exactly as it was written is
/// refused: what lies in Redis may be damaged, of another version or made up.
/// </summary>
/// <remarks>
/// All numbers are little-endian. Head: magic (4 bytes), version (1), flags (1), status (2), generation, age and time to keep in milliseconds
/// (8 each), length of everything (4), length of the body (4). Then 11 texts, each with its length in bytes (4; −1 for none) before its UTF-8.
/// </remarks>
internal static class Envelope
{
    public const byte Version = 2;
    public const int HeadLength = 40;

    private const int TextCount = 11;
    private const byte HtmlFlag = 1;
    private const byte SignedFlag = 2;
    private const int StatusAt = 6;
    private const int GenerationAt = 8;
    private const int AgeAt = 16;
    private const int KeepForAt = 24;
    private const int LengthAt = 32;
    private const int BodyLengthAt = 36;

    // Longer than any answer is of use; beyond it the arithmetic of times would not be safe either.
    private static readonly long MostMilliseconds = (long)TimeSpan.FromDays(3 * 366).TotalMilliseconds;

    // A text that is no text (half a surrogate pair) would come back as another.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Magic => "STF\u0002"u8;

    /// <param name="place">The hashed key under which it will lie.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="generation">The number of the last shared purge before it was asked for.</param>
    /// <param name="seal">Seals it.</param>
    /// <returns>The bytes; null for an answer that cannot be told in them.</returns>
    public static byte[]? Write(ReadOnlySpan<byte> place, KeptAnswer answer, long generation, Seal seal)
    {
        var texts = TextsOf(answer);
        var age = (long)answer.Age.TotalMilliseconds;
        var keepFor = (long)answer.KeepFor.TotalMilliseconds;
        if (age < 0 || age > MostMilliseconds || keepFor <= 0 || keepFor > MostMilliseconds || !TryMeasure(texts, out var length))
        {
            return null;
        }

        var bytes = new byte[HeadLength + length + answer.Body.Length + seal.Length];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = Version;
        bytes[Magic.Length + 1] = (byte)((answer.IsHtml ? HtmlFlag : 0) | (seal.Signs ? SignedFlag : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(StatusAt), checked((ushort)answer.Status));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(GenerationAt), generation);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(AgeAt), age);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(KeepForAt), keepFor);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(LengthAt), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(BodyLengthAt), answer.Body.Length);
        var at = HeadLength;
        foreach (var text in texts)
        {
            WriteText(bytes, ref at, text);
        }

        answer.Body.Span.CopyTo(bytes.AsSpan(at));
        seal.Write(place, bytes);
        return bytes;
    }

    /// <param name="place">The hashed key under which it lay.</param>
    /// <param name="labels">What was looked for: in the bytes it does not stand, for an address may say what somebody looked for.</param>
    /// <param name="bytes">What lay there; the answer's body is a part of it.</param>
    /// <param name="left">The time that Redis would keep it from now on.</param>
    /// <param name="seal">Checks it.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="generation">The number of the last shared purge before it was asked for.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> place, FragmentLabels labels, ReadOnlyMemory<byte> bytes, TimeSpan left, Seal seal, [NotNullWhen(true)] out KeptAnswer? answer, out long generation)
    {
        answer = null;
        generation = 0;
        var span = bytes.Span;
        if (!IsWhole(place, span, seal))
        {
            return false;
        }

        var texts = new string?[TextCount];
        var at = HeadLength;
        var end = span.Length - seal.Length;
        for (var i = 0; i < TextCount; i++)
        {
            if (!TryReadText(span[..end], ref at, out texts[i]))
            {
                return false;
            }
        }

        var age = BinaryPrimitives.ReadInt64LittleEndian(span[AgeAt..]);
        var keepFor = BinaryPrimitives.ReadInt64LittleEndian(span[KeepForAt..]);
        if (end - at != BinaryPrimitives.ReadInt32LittleEndian(span[BodyLengthAt..])
            || age < 0 || age > MostMilliseconds || keepFor <= 0 || keepFor > MostMilliseconds
            || left < TimeSpan.Zero || left.TotalMilliseconds > keepFor)
        {
            return false;
        }

        generation = BinaryPrimitives.ReadInt64LittleEndian(span[GenerationAt..]);
        answer = new KeptAnswer
        {
            Status = BinaryPrimitives.ReadUInt16LittleEndian(span[StatusAt..]),
            IsHtml = (span[Magic.Length + 1] & HtmlFlag) != 0,
            Body = bytes[at..end],
            Headers = HeadersOf(texts),
            Labels = labels,
            Age = TimeSpan.FromMilliseconds(age + keepFor) - left,
            KeepFor = left,
        };
        return true;
    }

    private static bool IsWhole(ReadOnlySpan<byte> place, ReadOnlySpan<byte> bytes, Seal seal) =>
        bytes.Length >= HeadLength + seal.Length
        && bytes.StartsWith(Magic)
        && bytes[Magic.Length] == Version
        && (bytes[Magic.Length + 1] & ~HtmlFlag) == (seal.Signs ? SignedFlag : 0)
        && BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthAt..]) == bytes.Length
        && seal.IsRight(place, bytes);

    private static bool TryMeasure(string?[] texts, out int length)
    {
        length = sizeof(int) * texts.Length;
        try
        {
            foreach (var text in texts)
            {
                length += text is null ? 0 : Utf8.GetByteCount(text);
            }

            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static void WriteText(byte[] bytes, ref int at, string? text)
    {
        var length = text is null ? -1 : Utf8.GetBytes(text, bytes.AsSpan(at + sizeof(int)));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), length);
        at += sizeof(int) + Math.Max(length, 0);
    }

    private static bool TryReadText(ReadOnlySpan<byte> bytes, ref int at, out string? text)
    {
        text = null;
        if (bytes.Length - at < sizeof(int))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
        at += sizeof(int);
        if (length < -1 || length > bytes.Length - at)
        {
            return false;
        }

        if (length >= 0)
        {
            // The seal is right, so these are the bytes that were written: a text they are unless somebody with the key wrote them.
            text = Encoding.UTF8.GetString(bytes.Slice(at, length));
            at += length;
        }

        return true;
    }

    private static string?[] TextsOf(KeptAnswer answer)
    {
        var headers = answer.Headers;
        return
        [
            headers.StitcherCacheControl, headers.SurrogateControl, headers.CacheControl, headers.Expires, headers.Date, headers.Age,
            headers.Vary, headers.ETag, headers.LastModified, headers.Link, headers.SurrogateKey,
        ];
    }

    private static AnswerHeaders HeadersOf(string?[] texts) => new()
    {
        StitcherCacheControl = texts[0],
        SurrogateControl = texts[1],
        CacheControl = texts[2],
        Expires = texts[3],
        Date = texts[4],
        Age = texts[5],
        Vary = texts[6],
        ETag = texts[7],
        LastModified = texts[8],
        Link = texts[9],
        SurrogateKey = texts[10],
    };
}
