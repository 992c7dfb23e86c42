using System.IO.Compression;
using System.Security.Cryptography;

namespace Stitcher.Manifests;

/// <summary>The bytes of a file that a published manifest names.</summary>
internal sealed class KeptAsset
{
    // Below this the headers weigh more than what is saved.
    private const int WorthCompressing = 512;

    public KeptAsset(byte[] bytes)
    {
        Bytes = bytes;
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"";
        Compressed = bytes.Length < WorthCompressing ? null : Compress(bytes);
    }

    public byte[] Bytes { get; }

    /// <summary>The same as gzip; null where that saves nothing.</summary>
    public byte[]? Compressed { get; }

    public string ETag { get; }

    public long Size => Bytes.Length + (Compressed?.Length ?? 0);

    private static byte[]? Compress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.Length < bytes.Length * 9 / 10 ? buffer.ToArray() : null;
    }
}
