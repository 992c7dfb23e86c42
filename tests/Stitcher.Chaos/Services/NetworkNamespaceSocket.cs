using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Stitcher.Chaos.Services;

/// <summary>Makes a listening socket in another network namespace. A socket stays where it was made, so only the thread that makes it has to go there.</summary>
internal static class NetworkNamespaceSocket
{
    private const int NetworkOnly = 0x40000000;

    /// <param name="address">The address to listen on.</param>
    /// <param name="port">The port; 0 for any.</param>
    /// <param name="name">The namespace as <c>ip netns</c> knows it; null for the machine's own.</param>
    public static Socket Listen(IPAddress address, int port, string? name)
    {
        if (name is null)
        {
            return Listen(address, port);
        }

        Socket? listener = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(name);
                listener = Listen(address, port);
            }
            catch (Exception exception) when (exception is SocketException or IOException or InvalidOperationException)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return listener ?? throw new InvalidOperationException($"No socket in network namespace '{name}': {failure?.Message}", failure);
    }

    private static Socket Listen(IPAddress address, int port)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, port));
        listener.Listen(512);
        return listener;
    }

    private static void Enter(string name)
    {
        using var handle = File.OpenHandle($"/var/run/netns/{name}");
        if (SetNamespace((int)handle.DangerousGetHandle(), NetworkOnly) != 0)
        {
            throw new InvalidOperationException($"setns: errno {Marshal.GetLastPInvokeError()}");
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int file, int kind);
}
