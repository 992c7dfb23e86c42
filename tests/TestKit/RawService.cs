using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stitcher.TestKit;

/// <summary>A TCP server for faults below HTTP: it sends any bytes, whether they are an answer or not. Each connection carries one request unless its
/// answer says otherwise.</summary>
public sealed class RawService : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly RawAnswer[] _answers;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _running = new();
    private int _accepted;
    private int _ended;
    private long _sent;

    private RawService(IPEndPoint at, RawAnswer[] answers)
    {
        _answers = answers;
        _running.SetResult();
        _listener = new TcpListener(at);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the service listens, with a slash at the end.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}/";

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections have been accepted.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>How many connections the other side has ended, of those that waited for it or were still sending.</summary>
    public int Ended => Volatile.Read(ref _ended);

    /// <summary>How many bytes have been sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>The requests' heads, as Latin-1 text.</summary>
    public IReadOnlyList<string> Requests => [.. _heads];

    /// <summary>Starts a service that treats its first connection by the first answer, the second by the second, and all further ones by the last.</summary>
    public static RawService Start(params RawAnswer[] answersInTurn) => new(new IPEndPoint(IPAddress.Loopback, 0), answersInTurn);

    /// <summary>The same at a given address of this machine.</summary>
    public static RawService StartAt(IPEndPoint address, params RawAnswer[] answersInTurn) => new(address, answersInTurn);

    /// <summary>A whole answer of HTTP/1.1 with the header lines given and the length that its body has.</summary>
    public static string Http(string html, params string[] headers) =>
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(html)}\r\n"
        + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n" + html;

    /// <summary>From now on nothing is read or answered, while the operating system goes on taking connections: a process that was stopped.</summary>
    public void Pause() => _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Goes on where it was paused.</summary>
    public void Resume() => _running.TrySetResult();

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

    internal void Count(string head) => _heads.Enqueue(head);

    internal void CountSent(int bytes) => Interlocked.Add(ref _sent, bytes);

    internal void CountEnd() => Interlocked.Increment(ref _ended);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                var answer = _answers[Math.Min(Interlocked.Increment(ref _accepted), _answers.Length) - 1];
                _connections.Add(ServeAsync(socket, answer));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException && _stopping.IsCancellationRequested)
        {
        }
    }

    private async Task ServeAsync(Socket socket, RawAnswer answer)
    {
        using (socket)
        {
            try
            {
                await _running.Task.WaitAsync(_stopping.Token);
                var connection = new RawConnection(socket, this);
                if (await connection.ReadHeadAsync(_stopping.Token))
                {
                    await answer.RunAsync(connection, _stopping.Token);
                }
            }
            catch (SocketException)
            {
                CountEnd();
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
