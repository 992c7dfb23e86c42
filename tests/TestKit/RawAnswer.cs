using System.Net.Sockets;
using System.Text;

namespace Stitcher.TestKit;

/// <summary>What a <see cref="RawService"/> does with a connection once it has read a request's head: bytes exactly as given, then an end.</summary>
public sealed class RawAnswer
{
    private readonly List<Func<RawConnection, CancellationToken, Task<bool>>> _steps = [];
    private bool _repeats;

    /// <summary>An answer that sends nothing yet.</summary>
    public static RawAnswer Nothing() => new();

    /// <summary>An answer that begins with these bytes, given as Latin-1 text.</summary>
    public static RawAnswer Of(string latin1) => new RawAnswer().ThenSends(latin1);

    /// <summary>Sends these bytes, given as Latin-1 text.</summary>
    public RawAnswer ThenSends(string latin1) => ThenSends(Encoding.Latin1.GetBytes(latin1));

    /// <summary>Sends these bytes.</summary>
    public RawAnswer ThenSends(byte[] bytes) => Then(async (connection, token) =>
    {
        await connection.SendAsync(bytes, token);
        return true;
    });

    /// <summary>Sends these bytes, given as Latin-1 text, one by one with a pause behind each.</summary>
    public RawAnswer ThenDrips(string latin1, TimeSpan pause) => Then(async (connection, token) =>
    {
        foreach (var letter in Encoding.Latin1.GetBytes(latin1))
        {
            await connection.SendAsync(new[] { letter }, token);
            await Task.Delay(pause, token);
        }

        return true;
    });

    /// <summary>Sends these bytes, given as Latin-1 text, over and over until the other side ends the connection.</summary>
    public RawAnswer ThenFloods(string latin1) => ThenFloods(latin1, long.MaxValue);

    /// <summary>Sends these bytes over and over, so many bytes in all or until the other side ends the connection.</summary>
    public RawAnswer ThenFloods(string latin1, long most)
    {
        // Many at once: it is the amount that matters.
        var block = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(latin1, Math.Max(1, 65_536 / latin1.Length))));
        return Then(async (connection, token) =>
        {
            for (var left = most; left > 0; left -= block.Length)
            {
                await connection.SendAsync(block.AsMemory(0, (int)Math.Min(block.Length, left)), token);
            }

            return true;
        });
    }

    /// <summary>Waits.</summary>
    public RawAnswer ThenPauses(TimeSpan pause) => Then(async (_, token) =>
    {
        await Task.Delay(pause, token);
        return true;
    });

    /// <summary>Waits until the gate opens.</summary>
    public RawAnswer ThenWaitsFor(Gate gate) => Then(async (_, token) =>
    {
        await gate.WaitAsync(token);
        return true;
    });

    /// <summary>Waits for another request on the same connection, which only one that is to be used again gets.</summary>
    public RawAnswer ThenWaitsForRequest() => Then((connection, token) => connection.ReadHeadAsync(token));

    /// <summary>Keeps the connection open until the other side ends it; <see cref="RawService.Ended"/> counts that.</summary>
    public RawAnswer ThenWaitsForEnd() => Then(async (connection, token) =>
    {
        await connection.WaitForEndAsync(token);
        return false;
    });

    /// <summary>Keeps the connection open and says nothing more.</summary>
    public RawAnswer ThenHangs() => Then(async (_, token) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        return false;
    });

    /// <summary>Ends the connection with a reset, which discards what the other side has not read.</summary>
    public RawAnswer ThenResets() => Then((connection, _) =>
    {
        connection.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return Task.FromResult(false);
    });

    /// <summary>Does it all again for every further request on the same connection, until the other side ends it.</summary>
    public RawAnswer ThenAgain()
    {
        _repeats = true;
        return this;
    }

    /// <summary>Runs the steps; the connection is closed in good order behind the last one, or as that one said.</summary>
    internal async Task RunAsync(RawConnection connection, CancellationToken stopping)
    {
        do
        {
            foreach (var step in _steps)
            {
                if (!await step(connection, stopping))
                {
                    return;
                }
            }
        }
        while (_repeats && await connection.ReadHeadAsync(stopping));

        if (!_repeats)
        {
            connection.Socket.Shutdown(SocketShutdown.Send);
        }
    }

    private RawAnswer Then(Func<RawConnection, CancellationToken, Task<bool>> step)
    {
        _steps.Add(step);
        return this;
    }
}
