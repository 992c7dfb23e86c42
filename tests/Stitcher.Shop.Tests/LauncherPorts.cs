using System.Net;
using System.Net.Sockets;
using Stitcher.TestKit;

namespace Stitcher.Shop.Tests;

/// <summary>Base ports for shops under test.</summary>
internal static class LauncherPorts
{
    private const int PortsOfAShop = 6;

    /// <summary>A row of ports that nobody else takes.</summary>
    public static int FreeBase() => FreePort.TakeRow(PortsOfAShop);

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
