using System.IO.Compression;
using System.Text;

namespace Stitcher.Chaos.Services;

/// <summary>Bodies that are made to cost their reader dearly. Each is made once, when it is first sent.</summary>
internal static class HostileBodies
{
    private const int Nested = 100_000;
    private const int AttributeCount = 40_000;
    private const int FormattingRounds = 4_000;
    private const int BombBytes = 100 * 1024 * 1024;

    private static readonly Lazy<byte[]> LazyNesting = new(() => Html(string.Concat(Enumerable.Repeat("<div>", Nested))));
    private static readonly Lazy<byte[]> LazyAttributes = new(() => Html(
        $"<p {string.Join(' ', Enumerable.Range(0, AttributeCount).Select(number => $"a{number}"))}>many</p>"));

    private static readonly Lazy<byte[]> LazyFormatting = new(() => Html(
        string.Concat(Enumerable.Repeat("<b><i><u><a href=/x><font size=1><p></b></i>x", FormattingRounds))));

    private static readonly Lazy<byte[]> LazyBomb = new(Compress);

    /// <summary>Elements inside each other.</summary>
    public static byte[] Nesting => LazyNesting.Value;

    /// <summary>One element with many attributes.</summary>
    public static byte[] Attributes => LazyAttributes.Value;

    /// <summary>Formatting elements that a parser must rebuild again and again (HTML standard, the adoption agency algorithm).</summary>
    public static byte[] Formatting => LazyFormatting.Value;

    /// <summary>Zeros, compressed a thousand to one.</summary>
    public static byte[] Bomb => LazyBomb.Value;

    /// <summary>Includes of the gateway, of ESI and of SSI.</summary>
    public static byte[] Includes { get; } = Html(string.Concat(Enumerable.Repeat(
        "<fragment src=\"users/trap\"></fragment><esi:include src=\"/followed\"/><!--#include virtual=\"/followed\" --><p>included</p>", 20)));

    private static byte[] Html(string text) => Encoding.UTF8.GetBytes($"{FragmentText.HostileBegin}>{text}</section>");

    private static byte[] Compress()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            var zeros = new byte[64 * 1024];
            for (var written = 0; written < BombBytes; written += zeros.Length)
            {
                gzip.Write(zeros);
            }
        }

        return packed.ToArray();
    }
}
