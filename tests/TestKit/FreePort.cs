using System.Net;
using System.Net.Sockets;

namespace Stitcher.TestKit;

/// <summary>Finds ports for listeners that must be told their port before they start, or that come back to the one they had.</summary>
public static class FreePort
{
    // Below the ports that the system gives out by itself (32768 and above on Linux, 49152 by RFC 6335): no connection takes one in between.
    private const int First = 10_000;
    private const int Block = 200;
    private const int Blocks = 100;

    private static readonly Lock Taking = new();

    // Suites run beside each other. Who listens on the first port of a block has the block, until its process ends.
    private static readonly List<Socket> Claims = [];
    private static int _block;
    private static int _next = Block;

    /// <summary>A port of the loopback address that nobody listens on now, and that no other process of these tests takes.</summary>
    public static int Take() => TakeRow(1);

    /// <summary>So many such ports in a row.</summary>
    /// <param name="count">1 to 100.</param>
    /// <returns>The first of them.</returns>
    public static int TakeRow(int count)
    {
        lock (Taking)
        {
            while (true)
            {
                if (_next + count > Block)
                {
                    (_block, _next) = (Claim(), 1);
                }

                var first = _block + _next;
                _next += count;
                if (Enumerable.Range(first, count).All(IsFree))
                {
                    return first;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        return Listens(socket, port);
    }

    private static int Claim()
    {
        var begin = Random.Shared.Next(Blocks);
        for (var i = 0; i < Blocks; i++)
        {
            var first = First + ((begin + i) % Blocks * Block);
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            if (Listens(socket, first))
            {
                Claims.Add(socket);
                return first;
            }

            socket.Dispose();
        }

        throw new InvalidOperationException($"Each of the {Blocks} blocks of ports from {First} is taken: do tests run that nobody waits for?");
    }

    // Only listening tells: two sockets that merely have the port do not mind each other.
    private static bool Listens(Socket socket, int port)
    {
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
