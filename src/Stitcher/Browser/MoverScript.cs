using System.Security.Cryptography;

namespace Stitcher.Browser;

/// <summary>
/// The script behind every deferred fragment. A browser that patches templates into their markers has done so when it runs, and it
/// finds nothing to do; for any other it does the same. Without script there, the slot keeps its own content.
/// </summary>
internal static class MoverScript
{
    /// <summary>The script with its element.</summary>
    public static ReadOnlyMemory<byte> Element { get; }

    /// <summary>What a Content-Security-Policy allows it by: <c>'sha256-…'</c>.</summary>
    public static string PolicySource { get; }

    static MoverScript()
    {
        using var stream = typeof(MoverScript).Assembly.GetManifestResourceStream("Stitcher.Browser.mover.js")!;
        var code = new byte[stream.Length];
        stream.ReadExactly(code);
        code = code.AsSpan().TrimEnd("\r\n"u8).ToArray();
        Element = (byte[])[.. "<script>"u8, .. code, .. "</script>"u8];
        PolicySource = $"'sha256-{Convert.ToBase64String(SHA256.HashData(code))}'";
    }
}
