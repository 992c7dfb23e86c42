using System.Net;
using System.Net.Sockets;

namespace Stitcher.Redis.Tests;

/// <summary>A way to a server on which every answer can be made to take long.</summary>
internal sealed class SlowWay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly IPEndPoint _server;
    private readonly Task _accepting;
    private long _delay;

    public SlowWay(string server)
    {
        _server = IPEndPoint.Parse(server);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>The time that every answer takes from now on.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delay));
        set => Volatile.Write(ref _delay, value.Ticks);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        var ways = new List<Task>();
        try
        {
            while (true)
            {
                ways.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(ways);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_server, _over.Token);
            await Task.WhenAny(PumpAsync(near.GetStream(), far.GetStream(), delayed: false), PumpAsync(far.GetStream(), near.GetStream(), delayed: true));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // One end is gone.
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool delayed)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _over.Token) is > 0 and var read)
            {
                if (delayed && Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, _over.Token);
                }

                await to.WriteAsync(buffer.AsMemory(0, read), _over.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone.
        }
    }
}
