using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Stitcher.Chaos.Services;

/// <summary>Sends one answer on a connection, right or spoilt.</summary>
/// <param name="service">Whose answers they are.</param>
/// <param name="version">The service's version, which its fragments name.</param>
internal sealed class FaultAnswers(string service, int version)
{
    private const int HugeBytes = 100 * 1024 * 1024;
    private static readonly TimeSpan Drop = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(30);
    private static readonly byte[] Filling = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
    private static readonly byte[] FillingChunk = Encoding.ASCII.GetBytes($"{Filling.Length:x}\r\n{new string('x', Filling.Length)}\r\n");
    private int _turn;

    /// <summary>Sends an answer as it should be.</summary>
    /// <returns>Whether the connection can carry another one.</returns>
    public async Task<bool> SendWholeAsync(Socket socket, RequestHead request, bool last, CancellationToken stopping, string? headers = null)
    {
        var body = FragmentText.Of(service, request.Kind, request.Id, version);
        var tag = $"\"{FragmentText.HashOf(body)}\"";
        var fields = $"Cache-Control: {PageKind.CacheControl(request.Kind)}\r\nETag: {tag}\r\n{headers}{(last ? "Connection: close\r\n" : "")}";
        if (request.IfNoneMatch == tag)
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 304 Not Modified\r\n{fields}\r\n"), stopping);
            return !last;
        }

        await socket.SendAsync((byte[])[.. Head(fields, body.Length), .. body], stopping);
        return !last;
    }

    /// <summary>Sends an answer of a service that has nothing to do with pages.</summary>
    public static async Task<bool> SendTextAsync(Socket socket, string text, CancellationToken stopping)
    {
        var body = Encoding.UTF8.GetBytes(text);
        await socket.SendAsync((byte[])[.. Head("Cache-Control: no-store\r\n", body.Length), .. body], stopping);
        return true;
    }

    /// <summary>Sends a spoilt answer.</summary>
    /// <returns>Whether the connection can carry another one.</returns>
    public Task<bool> SendSpoiltAsync(FaultKind kind, Socket socket, RequestHead request, CancellationToken stopping)
    {
        var body = FragmentText.Of(service, request.Kind, request.Id, version);
        var turn = Interlocked.Increment(ref _turn) % 2 == 0;
        return kind switch
        {
            FaultKind.SlowBody => DripAsync(socket, request, body, stopping),
            FaultKind.Reset => HalfThenResetAsync(socket, request, body, stopping),
            FaultKind.WrongLength => WrongLengthAsync(socket, request, body, turn, stopping),
            FaultKind.ChunkGarbage => GarbageAsync(socket, body, stopping),
            FaultKind.Huge => HugeAsync(socket, turn, stopping),
            FaultKind.GzipBomb => SendAsync(socket, "Content-Encoding: gzip\r\n", HostileBodies.Bomb, stopping),
            FaultKind.ManyHeaders => SendAsync(
                socket, string.Concat(Enumerable.Range(0, 10_000).Select(number => $"X-Field-{number}: {number}\r\n")), body, stopping),
            FaultKind.Redirect => RedirectAsync(socket, "/followed", stopping),
            FaultKind.RedirectToPage => RedirectAsync(socket, $"/{request.Kind}/{request.Id}", stopping),
            FaultKind.BadText => SendAsync(socket, Keep(request), Bad(body, turn), stopping),
            FaultKind.DeepNesting => SendAsync(socket, Keep(request), HostileBodies.Nesting, stopping),
            FaultKind.Attributes => SendAsync(socket, Keep(request), HostileBodies.Attributes, stopping),
            FaultKind.Formatting => SendAsync(socket, Keep(request), HostileBodies.Formatting, stopping),
            FaultKind.Includes => SendAsync(socket, Keep(request), HostileBodies.Includes, stopping),
            FaultKind.Cookies => SendWholeAsync(socket, request, last: false, stopping, CookieLines()),
            FaultKind.Status500 => StatusAsync(socket, "500 Internal Server Error", stopping),
            FaultKind.Status503 => StatusAsync(socket, "503 Service Unavailable", stopping),
            FaultKind.Hang => HangAsync(socket, stopping),
            _ => Task.FromResult(false),
        };
    }

    private static string Keep(RequestHead request) => $"Cache-Control: {PageKind.CacheControl(request.Kind)}\r\n";

    private static byte[] Head(string fields, long length) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n{fields}\r\n"));

    private static async Task<bool> SendAsync(Socket socket, string fields, byte[] body, CancellationToken stopping)
    {
        await socket.SendAsync((byte[])[.. Head(fields, body.Length), .. body], stopping);
        return true;
    }

    private static async Task<bool> DripAsync(Socket socket, RequestHead request, byte[] body, CancellationToken stopping)
    {
        var half = body.Length / 2;
        await socket.SendAsync((byte[])[.. Head(Keep(request), body.Length), .. body[..half]], stopping);
        var step = Math.Max(1, (body.Length - half) / 50);
        for (var at = half; at < body.Length; at += step)
        {
            await Task.Delay(Drop, stopping);
            await socket.SendAsync(body.AsMemory(at, Math.Min(step, body.Length - at)), stopping);
        }

        return true;
    }

    private static async Task<bool> HalfThenResetAsync(Socket socket, RequestHead request, byte[] body, CancellationToken stopping)
    {
        await socket.SendAsync((byte[])[.. Head(Keep(request), body.Length), .. body[..(body.Length / 2)]], stopping);

        // A reset throws away what the other side has not read yet; most of the time it shall have seen the beginning.
        await Task.Delay(TimeSpan.FromMilliseconds(2), stopping);
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return false;
    }

    private static async Task<bool> WrongLengthAsync(Socket socket, RequestHead request, byte[] body, bool more, CancellationToken stopping)
    {
        byte[] answer = more
            ? [.. Head(Keep(request), body.Length), .. body, .. Head("", 4), .. "oops"u8]
            : [.. Head(Keep(request), body.Length + 100), .. body];
        await socket.SendAsync(answer, stopping);
        return false;
    }

    private static async Task<bool> GarbageAsync(Socket socket, byte[] body, CancellationToken stopping)
    {
        var half = body.Length / 2;
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\nCache-Control: max-age=5\r\n\r\n{half:x}\r\n";
        await socket.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body[..half], .. "\r\nzz\r\n"u8, .. body[half..], .. "\r\n0\r\n\r\n"u8], stopping);
        return false;
    }

    private static async Task<bool> HugeAsync(Socket socket, bool chunked, CancellationToken stopping)
    {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {HugeBytes}\r\n\r\n");
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), stopping);
        var piece = chunked ? FillingChunk : Filling;
        for (var sent = 0; sent < HugeBytes; sent += Filling.Length)
        {
            await socket.SendAsync(piece, stopping);
        }

        return false;
    }

    private static async Task<bool> RedirectAsync(Socket socket, string location, CancellationToken stopping)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"), stopping);
        return true;
    }

    private static async Task<bool> StatusAsync(Socket socket, string status, CancellationToken stopping)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\nfailure"), stopping);
        return true;
    }

    private static async Task<bool> HangAsync(Socket socket, CancellationToken stopping)
    {
        // Until the other side leaves, at most.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(HangTime);
        await socket.ReceiveAsync(new byte[1], patience.Token);
        return false;
    }

    private static byte[] Bad(byte[] body, bool turn)
    {
        var half = body.Length / 2;
        return turn ? [.. body[..half], 0xC3, 0x28, 0xFF, .. body[half..]] : [.. body[..half], 0, .. body[half..]];
    }

    // One that the service may set, and large but within what one cookie may be; the others are neither.
    private static string CookieLines() => $"Set-Cookie: basket={new string('b', 900)}; Path=/\r\n" + string.Concat(Enumerable.Range(0, 9).Select(number =>
        $"Set-Cookie: bomb-{number}-{Random.Shared.Next(100)}={new string('c', 3 * 1024)}; Path=/\r\n"));
}
