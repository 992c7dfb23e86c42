using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class RapidResetTests
{
    private const int Streams = 10_000;

    // Sent at once, so that it does not depend on the machine how many there are at a time.
    private const int Burst = 500;

    // HTTP/2's frame types (RFC 9113, section 6).
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;

    [Fact]
    public async Task V_124_A_connection_that_opens_and_resets_streams_without_end_is_closed_and_others_are_served()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Hangs);
        await using var gateway = await GatewayProcess.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x")
            .Page("/", "<fragment src=\"one/X\" timeout=\"20s\"></fragment>", ("Deadline", "30s"))
            .Page("/well", "<p>well</p>")
            .Set("Kestrel:EndpointDefaults:Protocols", "Http2"));
        using var healthy = new HttpClient { BaseAddress = gateway.Address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        Assert.Contains("well", await healthy.GetStringAsync("/well"), StringComparison.Ordinal);

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(gateway.Address.Host, gateway.Address.Port);
        var reading = CloseAsync(socket);
        var sent = 0;
        try
        {
            await socket.SendAsync(new ArraySegment<byte>([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])]));
            for (; sent < Streams; sent += Burst)
            {
                var streams = Enumerable.Range(sent, Burst).Select(static stream => (uint)((2 * stream) + 1));
                await socket.SendAsync(new ArraySegment<byte>([.. streams.SelectMany(static id => (byte[])[.. Frame(Headers, 0x5, id, Request()), .. Frame(Reset, 0, id, [0, 0, 0, 8])])]));
            }
        }
        catch (SocketException)
        {
            // The server has had enough.
        }

        await reading.WaitAsync(Eventually.Deadline);
        Assert.InRange(sent, 0, Streams);
        for (var i = 0; i < 20; i++)
        {
            Assert.Contains("well", await healthy.GetStringAsync("/well"), StringComparison.Ordinal);
        }
    }

    // GET http / with the authority "localhost", by the static table of HPACK (RFC 7541, appendix A).
    private static byte[] Request() => [0x82, 0x86, 0x84, 0x41, 9, .. "localhost"u8];

    private static byte[] Frame(byte type, byte flags, uint stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    private static async Task CloseAsync(Socket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
        }
    }
}
