using System.Net;
using System.Net.Sockets;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class DrainTests
{
    [Fact]
    public async Task V_137_A_gateway_that_is_asked_to_stop_refuses_and_cuts_nobody_who_looks_at_its_readiness()
    {
        var gate = new Gate();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>").Answers("/late", Answer.Html("<p>late</p>").After(gate));
        await using var gateway = await GatewayProcess.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x", "Late=/late")
            .Page("/", "<fragment src=\"one/X\" timeout=\"20s\"></fragment>", ("Deadline", "30s"))
            .Page("/late", "<fragment src=\"one/Late\" timeout=\"50s\"></fragment>", ("Deadline", "1m"))
            .Set("Stitcher:Drain:Delay", "8s")
            .Set("Stitcher:Drain:Finish", "20s"));
        using var kept = new HttpClient { BaseAddress = gateway.Address };
        Assert.Contains("<p>x</p>", await kept.GetStringAsync("/"), StringComparison.Ordinal);

        // Whoever sends requests looks every half a second, and stops sending when it is told to.
        var isReady = true;
        var arrivals = new List<Task<string>>();
        var arriving = Task.Run(async () =>
        {
            while (Volatile.Read(ref isReady))
            {
                // No more than a busy machine can answer, too.
                if (arrivals.Count(static arrival => !arrival.IsCompleted) < 20)
                {
                    arrivals.Add(AskAsync(gateway.Address, "/"));
                }

                await Task.Delay(5);
            }
        });
        var looking = Task.Run(async () =>
        {
            while (Volatile.Read(ref isReady))
            {
                await Task.Delay(500);
                using var ready = await gateway.ManagementClient.GetAsync("/health/ready");
                Volatile.Write(ref isReady, ready.StatusCode == HttpStatusCode.OK);
            }
        });
        await Eventually.HoldsAsync(() => arrivals.Count > 50, "requests arrive");
        var late = AskAsync(gateway.Address, "/late");
        await gate.Reached.WaitAsync(Eventually.Deadline);

        gateway.Process.Terminate();
        await looking;
        await arriving;

        // A connection that was kept is told to end, by its last answer.
        using var last = await kept.GetAsync("/");
        Assert.True(last.Headers.ConnectionClose);
        using var live = await gateway.ManagementClient.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        await Eventually.HoldsAsync(() => IsRefusedAsync(gateway.Address), "the gateway has stopped listening");
        gate.Open();

        Assert.Contains("<p>late</p>", await late, StringComparison.Ordinal);
        Assert.All(await Task.WhenAll(arrivals), page => Assert.Contains("<p>x</p>", page, StringComparison.Ordinal));
        Assert.Equal(0, await gateway.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task What_is_not_done_in_time_is_cut_off_and_the_gateway_ends()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Hangs);
        await using var gateway = await GatewayProcess.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x")
            .Page("/", "<fragment src=\"one/X\" timeout=\"50s\"></fragment>", ("Deadline", "1m"))
            .Set("Stitcher:Drain:Delay", "0s")
            .Set("Stitcher:Drain:Finish", "1s"));
        var page = AskAsync(gateway.Address, "/");
        await Eventually.HoldsAsync(() => service.Requests.Count > 0, "the page is under way");

        gateway.Process.Terminate();

        Assert.Equal(0, await gateway.Process.WaitForExitAsync());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => page);
    }

    private static async Task<string> AskAsync(Uri address, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = address, Timeout = 3 * Eventually.Deadline };
        client.DefaultRequestHeaders.ConnectionClose = true;
        return await client.GetStringAsync(path);
    }

    private static async Task<bool> IsRefusedAsync(Uri address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
