using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Redis.Tests;

/// <summary>A real Redis of the test's own, that keeps nothing on disk.</summary>
/// <remarks>Where there is none, a test that needs it is skipped; it fails instead when <c>STITCHER_TESTS_REQUIRE</c> contains <c>redis</c>.</remarks>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Missing = "redis-server is not on the path; install it to see what several gateways share.";

    private readonly int _port = FreePort.Take();
    private Process? _process;
    private ConnectionMultiplexer? _operator;

    private RedisServer()
    {
    }

    public string Address => $"127.0.0.1:{_port}";

    public IDatabase Data => _operator!.GetDatabase();

    private IServer Server => _operator!.GetServer(Address);

    public static async Task<RedisServer> StartAsync()
    {
        var server = NotStarted();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A place where one can be started later.</summary>
    public static RedisServer NotStarted()
    {
        if (!IsInstalled())
        {
            if ((Environment.GetEnvironmentVariable("STITCHER_TESTS_REQUIRE") ?? "").Contains("redis", StringComparison.OrdinalIgnoreCase))
            {
                Assert.Fail(Missing);
            }

            Assert.Skip(Missing);
        }

        return new RedisServer();
    }

    public async Task StartAgainAsync()
    {
        string[] arguments = ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", Path.GetTempPath()];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        await Eventually.HoldsAsync(ListensAsync, "Redis listens", 3 * Eventually.Deadline);
        _operator = await ConnectionMultiplexer.ConnectAsync($"{Address},allowAdmin=true,abortConnect=false,connectRetry=20,connectTimeout=1000,syncTimeout=10000,asyncTimeout=10000");
        await Eventually.HoldsAsync(() => _operator.IsConnected, "the test is connected to its Redis", 3 * Eventually.Deadline);
    }

    /// <summary>Ends it as an outage would.</summary>
    public async Task KillAsync()
    {
        if (_operator is not null)
        {
            await _operator.CloseAsync(allowCommandsToComplete: false);
            await _operator.DisposeAsync();
            _operator = null;
        }

        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    public Task AskAsync(string command, params object[] arguments) => Data.ExecuteAsync(command, arguments);

    /// <summary>The names of the fragments in it.</summary>
    public Task<IReadOnlyList<string>> EntriesAsync() => NamesAsync("*:f:*");

    /// <summary>The names in it that fit a pattern.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string pattern)
    {
        var names = new List<string>();
        await foreach (var name in Server.KeysAsync(pattern: pattern))
        {
            names.Add(name!);
        }

        return names;
    }

    /// <summary>The purges in the shared log, as bytes that stand for characters.</summary>
    public async Task<IReadOnlyList<string>> PurgesAsync()
    {
        var log = Assert.Single(await Server.KeysAsync(pattern: "*:purges").ToArrayAsync());
        return [.. (await Data.SortedSetRangeByRankAsync(log)).Select(record => System.Text.Encoding.Latin1.GetString((byte[])record!))];
    }

    public async Task<string> OnlyEntryAsync(int count = 1)
    {
        await HasEntriesAsync(count);
        return (await EntriesAsync())[0];
    }

    public Task HasEntriesAsync(int count) => Eventually.HoldsAsync(async () => (await EntriesAsync()).Count == count, $"{count} fragments are in Redis");

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task<bool> ListensAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server")));
}
