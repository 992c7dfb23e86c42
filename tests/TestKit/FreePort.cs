using System.Net;
using System.Net.Sockets;

namespace Stitcher.TestKit;

/// <summary>Finds ports for listeners that must be told their port before they start.</summary>
public static class FreePort
{
    /// <summary>A port of the loopback address that nobody listens on now.</summary>
    public static int Take()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
