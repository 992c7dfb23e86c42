using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Stitcher.TestKit;

namespace Stitcher.Chaos.Processes;

/// <summary>A redis-server of the run, in memory only.</summary>
internal sealed class RedisServer(int port) : IDisposable
{
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;
    private Process? _process;

    /// <summary>Where it answers.</summary>
    public string Configuration { get; } = $"127.0.0.1:{port}";

    /// <summary>Whether there is one on this machine.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    /// <summary>Starts it and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("redis-server", $"--port {port} --bind 127.0.0.1 --save \"\" --appendonly no --daemonize no")
        {
            RedirectStandardOutput = true,
        });
        _process!.BeginOutputReadLine();
        await Eventually.HoldsAsync(async () => await TrySendAsync("PING\r\n"), "redis-server takes connections");
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
    }

    /// <summary>Holds it.</summary>
    public void Pause() => _ = Signal(_process!.Id, StopSignal);

    /// <summary>Lets it go on.</summary>
    public void Resume() => _ = Signal(_process!.Id, ContinueSignal);

    /// <summary>Throws away all it holds.</summary>
    public Task FlushAsync() => TrySendAsync("FLUSHALL\r\n");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            Kill();
        }

        _process?.Dispose();
    }

    private async Task<bool> TrySendAsync(string command)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(command));
            return await client.GetStream().ReadAsync(new byte[64]) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
