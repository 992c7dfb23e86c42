using System.Net;
using System.Net.Sockets;

namespace Stitcher.Local;

/// <summary>Finds out before anything is started whether somebody else listens on a port of the shop.</summary>
internal static class PortCheck
{
    /// <exception cref="ShopStartException">A port is taken; all that are taken are named.</exception>
    public static void Require(IEnumerable<ProcessPlan> plans, int basePort)
    {
        var busy = plans
            .SelectMany(plan => plan.Ports.Select(port => (Port: port, plan.Name)))
            .Where(use => !IsFree(use.Port))
            .OrderBy(use => use.Port)
            .Select(use => $"{use.Port} ({use.Name})")
            .ToArray();
        if (busy.Length == 0)
        {
            return;
        }

        var which = busy.Length == 1 ? $"Port {busy[0]} is" : $"Ports {string.Join(", ", busy[..^1])} and {busy[^1]} are";
        var other = basePort == LocalOptions.DefaultBasePort ? 4000 : LocalOptions.DefaultBasePort;
        throw new ShopStartException($"{which} in use by another program: end it, or move the whole shop, for example with --base-port {other}.");
    }

    /// <summary>Tries both families: a program may hold only one of them, and a browser may try either first.</summary>
    private static bool IsFree(int port) => CanBind(IPAddress.Loopback, port) && CanBind(IPAddress.IPv6Loopback, port);

    private static bool CanBind(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
        catch (SocketException)
        {
            // A machine without this family cannot have the port taken on it.
            return true;
        }
    }
}
