using System.Net;
using System.Net.Sockets;

namespace Stitcher.Shop.Tests;

/// <summary>Base ports for shops under test.</summary>
internal static class LauncherPorts
{
    private const int PortsOfAShop = 6;

    /// <summary>Below the range from which systems give ports to outgoing connections, so that none is taken between the look and the start.</summary>
    private const int First = 21200;

    private const int Last = 21299;

    public static int FreeBase()
    {
        for (var basePort = First; basePort + PortsOfAShop <= Last; basePort += PortsOfAShop)
        {
            if (Enumerable.Range(basePort, PortsOfAShop).All(IsFree))
            {
                return basePort;
            }
        }

        throw new InvalidOperationException($"No {PortsOfAShop} free ports in a row from {First} to {Last}: is another shop left running?");
    }

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
