using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace Stitcher.Upstream;

/// <summary>Reads a body whole into a rented buffer, never more than the limit, and never waiting for its next byte longer than allowed.</summary>
internal static class BodyReader
{
    private const int FirstGuess = 16 * 1024;

    // A source with its timer costs more than a small body; nearly all of them are never fired and serve again.
    private static readonly ObjectPool<CancellationTokenSource> Watches = new DefaultObjectPool<CancellationTokenSource>(new WatchPolicy(), 256);

    /// <param name="content">What to read.</param>
    /// <param name="limit">The most bytes to take.</param>
    /// <param name="between">The longest time between two bytes. The first byte has all the time that the token leaves. Zero for no limit.</param>
    /// <param name="time">The clock that measures it.</param>
    /// <param name="token">Ends everything.</param>
    public static async ValueTask<ReceivedBody> ReadAsync(HttpContent content, int limit, TimeSpan between, TimeProvider time, CancellationToken token)
    {
        var declared = content.Headers.ContentLength;
        if (declared > limit)
        {
            return new(BodyEnd.TooLarge, [], declared.Value);
        }

        // With a declared length, the read that completes it also gives the connection back to the pool.
        var buffer = ArrayPool<byte>.Shared.Rent(declared is { } known ? Math.Max(1, (int)known) : Math.Min(FirstGuess, limit));
        CancellationTokenSource? watch = null;
        CancellationTokenRegistration registration = default;
        var length = 0;
        try
        {
            var stream = await content.ReadAsStreamAsync(token);
            while (length != declared)
            {
                // The first byte has the caller's time; the others are watched.
                if (length > 0 && between > TimeSpan.Zero)
                {
                    watch ??= time == TimeProvider.System ? Watches.Get() : new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
                }

                if (length == limit)
                {
                    var more = await Watched(stream.ReadAsync(new byte[1], watch?.Token ?? token));
                    return more == 0 ? new(BodyEnd.Complete, Kept(ref buffer), length) : new(BodyEnd.TooLarge, [], length + more);
                }

                if (length == buffer.Length)
                {
                    Grow(ref buffer, length, limit);
                }

                var read = await Watched(stream.ReadAsync(buffer.AsMemory(length, Math.Min(buffer.Length, limit) - length), watch?.Token ?? token));
                if (read == 0)
                {
                    break;
                }

                length += read;
            }

            return new(BodyEnd.Complete, Kept(ref buffer), length);
        }
        catch (OperationCanceledException) when (watch is { IsCancellationRequested: true } && !token.IsCancellationRequested)
        {
            return new(BodyEnd.Stalled, [], length);
        }
        finally
        {
            if (buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            if (watch is not null)
            {
                // First no more of the caller's, then no more of the timer's; the next body must not be cut by this one's.
                await registration.DisposeAsync();
                Watches.Return(watch);
            }
        }

        // What has come already is not waited for, and needs no timer.
        ValueTask<int> Watched(ValueTask<int> reading)
        {
            if (watch is not null && !reading.IsCompleted)
            {
                watch.CancelAfter(between);
                if (registration == default)
                {
                    registration = token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), watch);
                }
            }

            return reading;
        }
    }

    private static byte[] Kept(ref byte[] buffer)
    {
        var kept = buffer;
        buffer = [];
        return kept;
    }

    private static void Grow(ref byte[] buffer, int length, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, limit));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private sealed class WatchPolicy : PooledObjectPolicy<CancellationTokenSource>
    {
        public override CancellationTokenSource Create() => new();

        public override bool Return(CancellationTokenSource watch)
        {
            // False for one that has fired, and for one on another clock than the system's.
            if (watch.TryReset())
            {
                return true;
            }

            watch.Dispose();
            return false;
        }
    }
}
