using System.Net;
using System.Net.Sockets;

namespace Stitcher.TestKit;

/// <summary>Finds ports for listeners that must be told their port before they start.</summary>
public static class FreePort
{
    // Below the ports that the system gives out by itself (32768 and above on Linux, 49152 by RFC 6335): no connection takes one in between.
    private const int First = 10_000;
    private const int Count = 20_000;

    // Every process begins elsewhere, and no port is handed out twice by one.
    private static int _next = Random.Shared.Next(Count);

    /// <summary>A port of the loopback address that nobody listens on now.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _next) & int.MaxValue) % Count);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; the next one.
            }
        }
    }
}
