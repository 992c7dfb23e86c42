using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>Clients that want the gateway rather than its pages, against the host as it is shipped.</summary>
public sealed class HostileClientTests(HostileClientTests.Host host) : IClassFixture<HostileClientTests.Host>
{
    [Fact]
    public async Task V_121_Clients_that_trickle_their_headers_are_closed_and_others_are_served_meanwhile()
    {
        const int Many = 300;
        var slow = new List<Socket>();
        try
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Many; i++)
            {
                slow.Add(await ConnectAsync());
            }

            using var stopping = new CancellationTokenSource();
            var trickling = Task.WhenAll(slow.Select(socket => TrickleAsync(socket, stopping.Token)));
            await using var healthy = SteadyLoad.On(host.Gateway.Client, "/", body => body.Contains("<h1>Page</h1>", StringComparison.Ordinal), clients: 2);
            var closings = await Task.WhenAll(slow.Select(async socket =>
            {
                await IsClosedAsync(socket);
                return watch.Elapsed;
            }));
            await healthy.StopAsync();
            await stopping.CancelAsync();
            await trickling;

            // Its own limit is 2 s, and what they send takes 47 s.
            Assert.InRange(closings.Max().TotalSeconds, 1, 40);
            Assert.Empty(healthy.Failures);

            // Those who had to wait for the slow ones would have had one answer each.
            Assert.True(healthy.Answers > 2, $"{healthy.Answers} answers are too few");
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }

    [Theory]
    [InlineData("/", "a page")]
    [InlineData("/endless", "a proxied answer")]
    public async Task V_122_A_client_that_hardly_reads_is_closed_and_costs_little_memory(string path, string what)
    {
        var before = ResidentBytes();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(host.Gateway.Address.Host, host.Gateway.Address.Port);
        var watch = Stopwatch.StartNew();
        await socket.SendAsync(Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n", path == "/" ? 2_000 : 1))));

        // One byte in a tenth of a second. What has arrived is still there to be read after a reset, so that only sending shows it.
        var buffer = new byte[1];
        await Eventually.HoldsAsync(
            async () =>
            {
                await Task.Delay(100);
                return await EndedAsync(socket, buffer) || await IsResetAsync(socket);
            },
            $"the connection that hardly reads {what} is closed",
            2 * Eventually.Deadline);

        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(1), "it was not given a second");
        Assert.InRange(ResidentBytes() - before, long.MinValue, 100L << 20);
        using var next = await host.Gateway.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("101 headers", 431)]
    [InlineData("40 KB of headers", 431)]
    [InlineData("a line of 9 KB", 414)]
    public async Task V_123_A_head_that_is_too_large_is_refused(string kind, int status)
    {
        string[] headers = kind switch
        {
            "101 headers" => [.. Enumerable.Range(0, 101).Select(i => $"X-{i}: x")],
            "40 KB of headers" => [.. Enumerable.Range(0, 40).Select(i => $"X-{i}: {new string('x', 1024)}")],
            _ => [],
        };
        using var page = await RawPage.RequestAsync(host.Gateway.Address, headers.Length == 0 ? "/?" + new string('x', 9 * 1024) : "/", headers);
        Assert.Equal(status, (await page.ReadToEndAsync()).Status);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: {1}\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0, {1}\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;x\nabcde\r\n0\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\r\n0\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n{0}")]
    [InlineData("POST /proxied HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n{0}")]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nContent-Length: {1}\n\n{0}")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n Content-Length: {1}\r\n\r\n{0}")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n{0}")]
    public async Task V_127_What_two_readers_would_cut_differently_is_refused_or_the_last_on_its_connection(string request)
    {
        var path = "/proxied/smuggled-" + Guid.NewGuid().ToString("N");
        var smuggled = $"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n";
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.Latin1.GetBytes(
            request.Replace("{0}", smuggled, StringComparison.Ordinal).Replace("{1}", smuggled.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));

        var answer = await ReadToEndAsync(socket);

        Assert.True(
            answer.Length == 0 || answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 501 ", StringComparison.Ordinal)
            || answer.Contains("Connection: close\r\n", StringComparison.Ordinal),
            answer);
        Assert.Equal(answer.Length == 0 ? 0 : 1, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.DoesNotContain(host.Service.Requests, received => received.Path == path);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_413_and_a_route_may_take_more()
    {
        // Who does not ask first whether it may send so much can lose the answer with the connection.
        using var large = new HttpRequestMessage(HttpMethod.Post, "/proxied/large") { Content = new ByteArrayContent(new byte[(1 << 20) + 1]), Headers = { ExpectContinue = true } };
        using var refused = await host.Gateway.Client.SendAsync(large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);

        using var upload = new ByteArrayContent(new byte[(1 << 20) + 1]);
        using var taken = await host.Gateway.Client.PostAsync("/upload", upload);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task Operators_read_metrics_on_their_listener_and_nobody_else_does()
    {
        using var page = await host.Gateway.Client.GetAsync("/");
        Assert.Contains("stitcher_config_valid 1", await host.Gateway.ManagementClient.GetStringAsync("/metrics"), StringComparison.Ordinal);
        using var outside = await host.Gateway.Client.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(host.Gateway.Address.Host, host.Gateway.Address.Port);
        return socket;
    }

    private static async Task TrickleAsync(Socket socket, CancellationToken stopping)
    {
        try
        {
            foreach (var b in "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: very\r\n"u8.ToArray())
            {
                await socket.SendAsync(new[] { b }, stopping);
                await Task.Delay(TimeSpan.FromSeconds(1), stopping);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed, as it should be.
        }
    }

    private static async Task IsClosedAsync(Socket socket)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline.Token) > 0)
            {
            }
        }
        catch (SocketException)
        {
        }
    }

    private static async Task<bool> EndedAsync(Socket socket, byte[] buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<bool> IsResetAsync(Socket socket)
    {
        try
        {
            await socket.SendAsync("\r\n"u8.ToArray());
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        var (all, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline.Token) is > 0 and var read)
            {
                all.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // A reset ends a connection, too.
        }

        return all.ToString();
    }

    private long ResidentBytes()
    {
        using var process = Process.GetProcessById(host.Gateway.Process.Id);
        return process.WorkingSet64;
    }

    /// <summary>One gateway for all of these tests, with limits that a test can wait for.</summary>
    public sealed class Host : IAsyncLifetime
    {
        public GatewayProcess Gateway { get; private set; } = null!;

        public ScriptedService Service { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Service = await ScriptedService.StartAsync();
            Service.Answers("/endless", Answer.Of("application/octet-stream", new byte[64 << 20])).Answers("/proxied", "<p>proxied</p>").Answers("/upload", "<p>taken</p>")
                .AnswersBody("/proxied/large", static _ => Answer.Html("<p>taken</p>"));
            Gateway = await GatewayProcess.StartAsync(setup => setup
                .Service("one", Service.Address)
                .Page("/", "<h1>Page</h1>" + string.Concat(Enumerable.Repeat("<p>A paragraph that takes its room.</p>", 400)))
                .ProxyRoute("endless", "/endless", "one")
                .ProxyRoute("proxied", "/proxied/{**rest}", "one")
                .ProxyRoute("upload", "/upload", "one")
                .Set("ReverseProxy:Routes:upload:MaxRequestBodySize", 30_000_000)
                .Set("Kestrel:Limits:RequestHeadersTimeout", "00:00:02")
                .Set("Kestrel:Limits:KeepAliveTimeout", "00:00:03")

                // The server waits as long as everything takes at this rate that it and the system have buffered, a few MB on the loopback.
                .Set("Kestrel:Limits:MinResponseDataRate:BytesPerSecond", "5000000")
                .Set("Kestrel:Limits:MinResponseDataRate:GracePeriod", "00:00:01.5"));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Service.DisposeAsync();
        }
    }
}
