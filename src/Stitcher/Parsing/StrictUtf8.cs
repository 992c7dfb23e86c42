using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Stitcher.Parsing;

/// <summary>UTF-8 without mercy: what it cannot read exactly it refuses, since two readers of broken text may see two documents.</summary>
internal static class StrictUtf8
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? problem)
    {
        text = null;
        problem = null;
        if (bytes.IndexOf((byte)0) is >= 0 and var at)
        {
            problem = $"a NUL at byte {at}";
            return false;
        }

        try
        {
            text = Encoding.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException exception)
        {
            problem = $"invalid UTF-8 at byte {exception.Index}";
            return false;
        }
    }
}
