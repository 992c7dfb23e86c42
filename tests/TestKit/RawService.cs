using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stitcher.TestKit;

/// <summary>A TCP server for faults below HTTP: it sends any bytes, whether they are an answer or not. Each connection carries one request.</summary>
public sealed class RawService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly RawAnswer _answer;
    private readonly Task _accepting;
    private int _accepted;

    private RawService(RawAnswer answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the service listens, with a slash at the end.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}/";

    /// <summary>How many connections have been accepted.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>Starts a service that treats every connection alike.</summary>
    public static RawService Start(RawAnswer answer) => new(answer);

    /// <summary>A whole answer of HTTP/1.1 with the header lines given and the length that its body has.</summary>
    public static string Http(string html, params string[] headers) =>
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(html)}\r\n"
        + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n" + html;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException && _stopping.IsCancellationRequested)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await ReadHeadAsync(socket);
                await _answer.RunAsync(socket, _stopping.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The other side left, or the test is over.
            }
        }
    }

    private async Task ReadHeadAsync(Socket socket)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, _stopping.Token);
            if (read == 0)
            {
                return;
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }
}
