using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>Clients that do not read the page they asked for, and clients that read it slowly.</summary>
public sealed class StalledClientTests
{
    // More than the system buffers for one connection.
    private const int Length = 6_000_000;

    [Fact]
    public async Task V_122_A_client_that_takes_nothing_of_its_page_gives_its_place_to_others()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there a connection can be told how long to bear nothing.");
        await using var gateway = await StartAsync(TimeSpan.FromSeconds(1));
        using var socket = await AskAsync(gateway);

        // There is room for one page alone, and this one has begun.
        Assert.Equal(1, await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        await Eventually.HoldsAsync(async () => await StatusAsync(gateway) == HttpStatusCode.OK, "its place is free again");
        Assert.InRange(await ReadAsync(socket, int.MaxValue, TimeSpan.Zero), 0, Length - 1);
    }

    [Fact]
    public async Task V_122_A_client_that_reads_slowly_has_the_whole_page_however_long_it_takes()
    {
        // More than a busy machine may keep the reader from reading.
        var stall = TimeSpan.FromSeconds(4);
        await using var gateway = await StartAsync(stall);
        using var socket = await AskAsync(gateway);
        var watch = Stopwatch.StartNew();
        Assert.InRange(await ReadAsync(socket, 256 * 1024, stall / 16), Length, int.MaxValue);
        Assert.True(watch.Elapsed > stall, $"{watch.Elapsed} is not slow");
    }

    private static Task<GatewayUnderTest> StartAsync(TimeSpan stall) => GatewayUnderTest.StartAsync(setup => setup
        .Set("Stitcher:Limits:WriteStall", stall.ToString())
        .Set("Stitcher:Limits:PagesInFlight", 1)
        .Page("/", $"<p>{new string('.', Length)}</p>")
        .Page("/small", "<p>small</p>"));

    private static async Task<Socket> AskAsync(GatewayUnderTest gateway)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 * 1024 };
        await socket.ConnectAsync(gateway.Address.Host, gateway.Address.Port);
        await socket.SendAsync(Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        return socket;
    }

    // Reads to the end, in good order or not, with a pause behind so many bytes each time.
    private static async Task<int> ReadAsync(Socket socket, int most, TimeSpan pause)
    {
        using var deadline = new CancellationTokenSource(2 * Eventually.Deadline);
        var (all, sincePause, buffer) = (0, 0, new byte[32 * 1024]);
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline.Token) is > 0 and var read)
            {
                all += read;
                if ((sincePause += read) >= most)
                {
                    sincePause = 0;
                    await Task.Delay(pause, deadline.Token);
                }
            }
        }
        catch (SocketException)
        {
            // Reset.
        }

        return all;
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayUnderTest gateway)
    {
        using var response = await gateway.Client.GetAsync("/small");
        return response.StatusCode;
    }
}
