using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Stitcher.Writing;

/// <summary>
/// Compresses pages. One that caches may keep is the same for everybody as long as its entity tag is: it is compressed once,
/// well, and remembered. Any other is compressed while it is written, fast, and flushed where the page is.
/// </summary>
internal sealed class CompressedPages : IDisposable
{
    private const long Capacity = 32 * 1024 * 1024;

    // Of eleven; beyond it brotli's time grows faster than its gain.
    private const int BrotliQuality = 5;
    private const int BrotliWindow = 22;

    private readonly MemoryCache _pages = new(Options.Create(new MemoryCacheOptions { SizeLimit = Capacity }));

    /// <param name="page">The page's name.</param>
    /// <param name="etag">Its entity tag.</param>
    /// <param name="coding">The coding.</param>
    /// <param name="write">Writes the page, when it must be compressed anew.</param>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(string page, string etag, ContentCoding coding, Func<PipeWriter, ValueTask> write)
    {
        var key = (page, etag, coding);
        if (_pages.TryGetValue(key, out byte[]? known) && known is not null)
        {
            return known;
        }

        using var plain = new MemoryStream();
        var writer = PipeWriter.Create(plain, new StreamPipeWriterOptions(leaveOpen: true));
        await write(writer);
        await writer.CompleteAsync();
        var compressed = Compress(plain.GetBuffer().AsSpan(0, (int)plain.Length), coding);
        using var entry = _pages.CreateEntry(key);
        entry.Value = compressed;
        entry.Size = compressed.Length + 256;
        entry.SlidingExpiration = TimeSpan.FromMinutes(10);
        return compressed;
    }

    /// <summary>A stream that compresses into a page's output; a flush lets out everything written so far.</summary>
    public static Stream Over(PipeWriter output, ContentCoding coding) => coding == ContentCoding.Brotli
        ? new BrotliStream(output.AsStream(leaveOpen: true), CompressionLevel.Fastest)
        : new GZipStream(output.AsStream(leaveOpen: true), CompressionLevel.Fastest);

    public void Dispose() => _pages.Dispose();

    private static byte[] Compress(ReadOnlySpan<byte> plain, ContentCoding coding)
    {
        if (coding == ContentCoding.Brotli)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(plain.Length));
            try
            {
                return BrotliEncoder.TryCompress(plain, buffer, out var written, BrotliQuality, BrotliWindow)
                    ? buffer.AsSpan(0, written).ToArray()
                    : throw new InvalidOperationException("Brotli's own bound on its output was too small.");
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return output.ToArray();
    }
}
