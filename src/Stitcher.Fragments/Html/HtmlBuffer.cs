using System.Buffers;
using System.Text;

namespace Stitcher.Fragments.Html;

/// <summary>UTF-8 in the making, in a rented array.</summary>
/// <remarks>
/// The framework's HTML encoder is not used: it writes U+0080 to U+009F as references, which parsers read as other characters,
/// and makes ten bytes of every emoji.
/// </remarks>
internal struct HtmlBuffer
{
    // A carriage return would arrive as a line feed, and no reference stands for NUL: it becomes the replacement character.
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'\r\0");

    private byte[] _bytes;

    public HtmlBuffer(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 64));

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> From(int start) => _bytes.AsSpan(start, Length - start);

    public void CutTo(int length) => Length = length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Write(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    public void Encode(ReadOnlySpan<char> text)
    {
        for (int next; (next = text.IndexOfAny(Special)) >= 0; text = text[(next + 1)..])
        {
            Write(text[..next]);
            Write(text[next] switch
            {
                '&' => "&amp;"u8,
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '"' => "&quot;"u8,
                '\'' => "&#39;"u8,
                '\r' => "&#13;"u8,
                _ => "\uFFFD"u8,
            });
        }

        Write(text);
    }

    /// <summary>The bytes written so far. The buffer must not be used afterwards.</summary>
    public byte[] ToArrayAndRelease()
    {
        var result = Length == 0 ? [] : _bytes.AsSpan(0, Length).ToArray();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        return result;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + more));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
