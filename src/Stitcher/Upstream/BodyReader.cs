using System.Buffers;

namespace Stitcher.Upstream;

/// <summary>Reads a body whole into a rented buffer, never more than the limit.</summary>
internal static class BodyReader
{
    private const int FirstGuess = 16 * 1024;

    /// <returns>The rented buffer and the body's length; a length of -1 means that the body is larger than <paramref name="limit"/>.</returns>
    public static async ValueTask<(byte[] Rented, int Length)> ReadAsync(HttpContent content, int limit, CancellationToken token)
    {
        var declared = content.Headers.ContentLength;
        if (declared > limit)
        {
            return ([], -1);
        }

        // With a declared length, the read that completes it also gives the connection back to the pool.
        var buffer = ArrayPool<byte>.Shared.Rent(declared is { } known ? Math.Max(1, (int)known) : FirstGuess);
        var length = 0;
        try
        {
            var stream = await content.ReadAsStreamAsync(token);
            while (true)
            {
                if (length == declared)
                {
                    return (buffer, length);
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, length);
                }

                var read = await stream.ReadAsync(buffer.AsMemory(length), token);
                if (read == 0)
                {
                    return (buffer, length);
                }

                length += read;
                if (length > limit)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return ([], -1);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
