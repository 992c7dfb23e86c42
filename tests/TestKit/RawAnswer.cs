using System.Net.Sockets;
using System.Text;

namespace Stitcher.TestKit;

/// <summary>What a <see cref="RawService"/> does with a connection once it has read a request's head: bytes exactly as given, then an end.</summary>
public sealed class RawAnswer
{
    private readonly List<Func<Socket, CancellationToken, Task<bool>>> _steps = [];

    /// <summary>An answer that sends nothing yet.</summary>
    public static RawAnswer Nothing() => new();

    /// <summary>An answer that begins with these bytes, given as Latin-1 text.</summary>
    public static RawAnswer Of(string latin1) => new RawAnswer().ThenSends(latin1);

    /// <summary>Sends these bytes, given as Latin-1 text.</summary>
    public RawAnswer ThenSends(string latin1) => ThenSends(Encoding.Latin1.GetBytes(latin1));

    /// <summary>Sends these bytes.</summary>
    public RawAnswer ThenSends(byte[] bytes) => Then(async (socket, token) =>
    {
        await socket.SendAsync(bytes, token);
        return true;
    });

    /// <summary>Waits until the gate opens.</summary>
    public RawAnswer ThenWaitsFor(Gate gate) => Then(async (_, token) =>
    {
        await gate.WaitAsync(token);
        return true;
    });

    /// <summary>Keeps the connection open and says nothing more.</summary>
    public RawAnswer ThenHangs() => Then(async (_, token) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        return false;
    });

    /// <summary>Ends the connection with a reset, which discards what the other side has not read.</summary>
    public RawAnswer ThenResets() => Then((socket, _) =>
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return Task.FromResult(false);
    });

    /// <summary>Runs the steps; the connection is closed in good order behind the last one, or as that one said.</summary>
    internal async Task RunAsync(Socket socket, CancellationToken stopping)
    {
        foreach (var step in _steps)
        {
            if (!await step(socket, stopping))
            {
                return;
            }
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    private RawAnswer Then(Func<Socket, CancellationToken, Task<bool>> step)
    {
        _steps.Add(step);
        return this;
    }
}
