using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Stitcher;

/// <summary>Counts each client's requests in a window that slides. It is a limiter of its own, not the app's: that one's options stay the app's.</summary>
/// <param name="most">The most in a window.</param>
/// <param name="window">The window.</param>
internal sealed class ClientLimiter(int most, TimeSpan window) : IDisposable
{
    private const int Segments = 4;

    private readonly PartitionedRateLimiter<HttpContext> _clients = PartitionedRateLimiter.Create<HttpContext, Client>(context =>
        RateLimitPartition.GetSlidingWindowLimiter(Client.Of(context.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = most,
            Window = window,
            SegmentsPerWindow = Segments,
        }));

    /// <returns>Null if the request may pass, otherwise the seconds after which the next one may.</returns>
    public int? SecondsToWait(HttpContext context)
    {
        using var lease = _clients.AttemptAcquire(context);
        if (lease.IsAcquired)
        {
            return null;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : window / Segments;
        return Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
    }

    public void Dispose() => _clients.Dispose();

    // An IPv6 client has a whole /64 to choose its addresses from.
    private readonly record struct Client(AddressFamily Family, ulong Network)
    {
        public static Client Of(IPAddress? address)
        {
            if (address is null)
            {
                return default;
            }

            Span<byte> bytes = stackalloc byte[16];
            var known = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            known.TryWriteBytes(bytes, out _);
            return new(known.AddressFamily, BinaryPrimitives.ReadUInt64BigEndian(bytes));
        }
    }
}
