using System.Net.Sockets;
using System.Text;

namespace Stitcher.TestKit;

/// <summary>One connection to a <see cref="RawService"/>, with what the service counts.</summary>
internal sealed class RawConnection(Socket socket, RawService service)
{
    public Socket Socket => socket;

    /// <summary>Reads a request's head; false when the other side ended the connection instead.</summary>
    public async Task<bool> ReadHeadAsync(CancellationToken stopping)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, stopping);
            if (read == 0)
            {
                service.CountEnd();
                return false;
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        service.Count(head.ToString());
        return true;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stopping) => service.CountSent(await socket.SendAsync(bytes, stopping));

    /// <summary>Reads until the other side has ended the connection, in good order or not.</summary>
    public async Task WaitForEndAsync(CancellationToken stopping)
    {
        try
        {
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, stopping) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // An end as well.
        }

        service.CountEnd();
    }
}
