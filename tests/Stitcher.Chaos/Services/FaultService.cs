using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Stitcher.Chaos.Services;

/// <summary>
/// A service of the run in a process of its own. It writes HTTP/1.1 byte by byte, so that it can also write what is none; <c>/_control</c> tells it which
/// answers to spoil, <c>/_counts</c> what it was asked. SIGTERM ends it as a deployment would: answers on the way are finished, idle connections closed.
/// </summary>
internal sealed class FaultService(FaultServiceOptions options) : IDisposable
{
    private const int LargestHead = 32 * 1024;
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(3);

    private readonly FaultAnswers _answers = new(options.Name, options.Version);
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _stopping = new();
    private volatile FaultPlan _plan = FaultPlan.None;
    private long _asked;
    private long _followed;
    private long _spoilt;
    private int _busy;

    /// <summary>Listens until SIGTERM.</summary>
    public async Task<int> RunAsync()
    {
        using var listener = NetworkNamespaceSocket.Listen(options.Address, options.Port, options.Namespace);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _draining.Cancel();
        });
        await Console.Out.WriteLineAsync($"Now listening on: http://{options.Address}:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync(_draining.Token));
            }
        }
        catch (OperationCanceledException)
        {
            listener.Close();
        }

        using var farewell = new CancellationTokenSource(FarewellTime);
        while (Volatile.Read(ref _busy) > 0 && !farewell.IsCancellationRequested)
        {
            await Task.Delay(10);
        }

        await _stopping.CancelAsync();
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _draining.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            try
            {
                var buffer = new byte[LargestHead];
                var goesOn = true;
                while (goesOn && await ReadHeadAsync(socket, buffer) is { } request)
                {
                    Interlocked.Increment(ref _busy);
                    try
                    {
                        goesOn = await AnswerAsync(socket, request);
                    }
                    finally
                    {
                        Interlocked.Decrement(ref _busy);
                    }
                }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The other side left, or the service ends.
            }
        }
    }

    // The gateway asks one thing at a time on a connection: nothing can stand behind the empty line.
    private async Task<RequestHead?> ReadHeadAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), length == 0 ? _draining.Token : _stopping.Token);
            if (read == 0)
            {
                return null;
            }

            length += read;
            if (buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            {
                return RequestHead.Parse(buffer.AsSpan(0, length - 4));
            }
        }

        return null;
    }

    private Task<bool> AnswerAsync(Socket socket, RequestHead request)
    {
        switch (request.Path)
        {
            case "/_control":
                _plan = FaultPlan.Parse(request.Query);
                return FaultAnswers.SendTextAsync(socket, "done", _stopping.Token);
            case "/_counts":
                return FaultAnswers.SendTextAsync(
                    socket, new ServiceCounts(Interlocked.Read(ref _asked), Interlocked.Read(ref _followed), Interlocked.Read(ref _spoilt)).ToString(), _stopping.Token);
        }

        Interlocked.Increment(ref _asked);
        if (request.Path.StartsWith("/followed", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _followed);
            return FaultAnswers.SendTextAsync(socket, "<p>Nobody should have come here.</p>", _stopping.Token);
        }

        if (_plan.Draw(request.Path) is { } kind)
        {
            Interlocked.Increment(ref _spoilt);
            return _answers.SendSpoiltAsync(kind, socket, request, _stopping.Token);
        }

        return _answers.SendWholeAsync(socket, request, _draining.IsCancellationRequested, _stopping.Token);
    }
}
