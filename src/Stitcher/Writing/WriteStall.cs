using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Stitcher.Writing;

/// <summary>
/// Ends the connection of a client that takes nothing of its page. A server's least rate cannot: it counts what the system has buffered as delivered, so that a
/// page of half a megabyte could be held for half an hour. And to wait for a write is to wait until a third of that buffer is free, which a slow reader may
/// not manage for minutes. Only the connection itself knows whether anything is taken, so it is told how long to bear nothing (RFC 5482).
/// </summary>
internal static class WriteStall
{
    // IPPROTO_TCP and TCP_USER_TIMEOUT in <netinet/tcp.h> of Linux.
    private const int Tcp = 6;
    private const int UserTimeout = 18;

    /// <param name="context">The request.</param>
    /// <param name="sending">The page, on its way.</param>
    /// <param name="limit">How long nothing may be taken; zero for ever.</param>
    public static Task WatchAsync(HttpContext context, Task sending, TimeSpan limit) =>
        !sending.IsCompleted && limit > TimeSpan.Zero && OperatingSystem.IsLinux()
        && context.Features.Get<IConnectionSocketFeature>()?.Socket is { AddressFamily: AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 } socket
            ? WatchAsync(socket, sending, limit, isShared: !HttpProtocol.IsHttp11(context.Request.Protocol) && !HttpProtocol.IsHttp10(context.Request.Protocol))
            : sending;

    private static async Task WatchAsync(Socket socket, Task sending, TimeSpan limit, bool isShared)
    {
        Set(socket, limit);
        try
        {
            await sending;
        }
        finally
        {
            // What the connection carries next may be a film that somebody has paused. With HTTP/2 that is a stream's affair, and other pages are on the connection.
            if (!isShared)
            {
                Set(socket, TimeSpan.Zero);
            }
        }
    }

    private static void Set(Socket socket, TimeSpan time)
    {
        try
        {
            socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes((int)time.TotalMilliseconds));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client is gone already.
        }
    }
}
