using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Stitcher.TestKit;

/// <summary>
/// An answer read from the socket as it arrives, so that a test can tell which bytes came while a gate was still closed. Nothing is decoded on the way,
/// not even chunks: what a client library would hide is visible.
/// </summary>
public sealed class RawPage : IDisposable
{
    private readonly Socket _socket;
    private readonly MemoryStream _received = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<(TimeSpan At, int Bytes)> _arrivals = [];

    private RawPage(Socket socket) => _socket = socket;

    /// <summary>Everything received so far, head included, as UTF-8.</summary>
    public string Received => Encoding.UTF8.GetString(_received.GetBuffer(), 0, (int)_received.Length);

    /// <summary>The status line and headers; empty until they are complete.</summary>
    public string Head => Received.Split("\r\n\r\n", 2) is [var head, _] ? head : "";

    /// <summary>The status; 0 until it has arrived.</summary>
    public int Status => Head.Length > 0 ? int.Parse(Head.Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    /// <summary>The body received so far, chunks joined.</summary>
    public string Body
    {
        get
        {
            var head = Encoding.Latin1.GetString(_received.GetBuffer(), 0, (int)_received.Length).IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0)
            {
                return "";
            }

            var body = _received.GetBuffer().AsMemory(head + 4, (int)_received.Length - head - 4);
            return Encoding.UTF8.GetString(IsChunked ? Chunks(body.Span) : body.ToArray());
        }
    }

    /// <summary>Whether the body carries its own end, in either of HTTP/1.1's ways, and has reached it.</summary>
    public bool IsComplete => IsChunked
        ? Received.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)
        : Header("Content-Length") is { } length && Encoding.UTF8.GetByteCount(Body) == int.Parse(length, CultureInfo.InvariantCulture);

    /// <summary>When bytes arrived, from the moment the request was sent, and how many.</summary>
    public IReadOnlyList<(TimeSpan At, int Bytes)> Arrivals => _arrivals;

    private bool IsChunked => Header("Transfer-Encoding") == "chunked";

    /// <summary>Sends a request and returns without waiting for its answer.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="target">Path and query, sent exactly so.</param>
    /// <param name="headers">Header lines. <c>Host</c> and <c>Connection: close</c> are added where the lines do not say otherwise.</param>
    public static async Task<RawPage> RequestAsync(Uri server, string target, params string[] headers) =>
        await SendAsync(server, "GET", target, headers);

    /// <inheritdoc cref="RequestAsync"/>
    public static async Task<RawPage> SendAsync(Uri server, string method, string target, params string[] headers)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        string[] own = [$"Host: {server.Authority}", "Connection: close"];
        var lines = headers.Concat(own.Where(line => !Array.Exists(headers, header => header.StartsWith(line.Split(' ')[0], StringComparison.OrdinalIgnoreCase))));
        var page = new RawPage(socket);
        await socket.SendAsync(Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\n{string.Join("\r\n", lines)}\r\n\r\n"));
        return page;
    }

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) => Head.Split("\r\n").Skip(1)
        .Select(line => line.Split(':', 2))
        .Where(parts => parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(parts => parts[1].Trim())
        .FirstOrDefault();

    /// <summary>Reads on until the text has arrived.</summary>
    /// <exception cref="TimeoutException">The text did not arrive in <see cref="Eventually.Deadline"/>, or the answer ended without it.</exception>
    public async Task ReadUntilAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (!Received.Contains(text, StringComparison.Ordinal) && !Body.Contains(text, StringComparison.Ordinal))
        {
            if (!await ReadAsync(deadline.Token))
            {
                throw new TimeoutException($"The answer ended without '{text}':\n{Received}");
            }
        }
    }

    /// <summary>Reads to the end of the connection.</summary>
    public async Task<RawPage> ReadToEndAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (await ReadAsync(deadline.Token))
        {
        }

        return this;
    }

    /// <summary>Leaves, whether or not the answer is complete.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _received.Dispose();
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[8192];
        int read;
        try
        {
            read = await _socket.ReceiveAsync(buffer, cancellationToken);
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"Nothing more arrived within {Eventually.Deadline.TotalSeconds} s behind:\n{Received}", e);
        }

        _received.Seek(0, SeekOrigin.End);
        _received.Write(buffer, 0, read);
        if (read > 0)
        {
            _arrivals.Add((_watch.Elapsed, read));
        }

        return read > 0;
    }

    private static byte[] Chunks(ReadOnlySpan<byte> body)
    {
        using var joined = new MemoryStream();
        while (body.IndexOf("\r\n"u8) is > 0 and var line && int.TryParse(Encoding.ASCII.GetString(body[..line]), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size) && size > 0)
        {
            var chunk = body[(line + 2)..];
            joined.Write(chunk[..Math.Min(size, chunk.Length)]);
            body = chunk.Length > size + 2 ? chunk[(size + 2)..] : [];
        }

        return joined.ToArray();
    }
}
