using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>The launcher as a real process, as <c>dotnet run</c> starts it, and what it prints.</summary>
internal sealed partial class LauncherProcess : IAsyncDisposable
{
    public const int Sigint = 2;
    public const int Sigkill = 9;
    public const int Sigterm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly Task _reading;

    private LauncherProcess(ProcessStartInfo start, int basePort)
    {
        BasePort = basePort;
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, _output), ReadAsync(_process.StandardError, _errors));
    }

    public int BasePort { get; }

    public int Id => _process.Id;

    public IReadOnlyList<string> Output => Copy(_output);

    public IReadOnlyList<string> Errors => Copy(_errors);

    /// <summary>Name and process id of everything that said it was ready, in that order.</summary>
    public IReadOnlyList<(string Name, int Id)> Ready =>
        [.. Output.Select(line => ReadyLine().Match(line)).Where(match => match.Success).Select(match =>
            (match.Groups["name"].Value, int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture)))];

    /// <summary>Starts it with a free base port and the given further switches.</summary>
    public static LauncherProcess Start(params string[] switches)
    {
        var basePort = LauncherPorts.FreeBase();
        return StartOn(basePort, null, switches);
    }

    public static LauncherProcess StartOn(int basePort, IReadOnlyDictionary<string, string>? environment, params string[] switches) =>
        new(Dotnet([Dll, "--base-port", $"{basePort}", .. switches], environment), basePort);

    /// <summary>Starts it with exactly these arguments.</summary>
    public static LauncherProcess StartWith(params string[] args) => new(Dotnet([Dll, .. args], null), 0);

    /// <summary>Starts it below a shell that does nothing but wait for it.</summary>
    public static LauncherProcess StartBelowAShell()
    {
        var basePort = LauncherPorts.FreeBase();
        var start = Prepared("/bin/sh", ["-c", $"dotnet '{Dll}' --attached --base-port {basePort} & wait"], null);
        return new LauncherProcess(start, basePort);
    }

    public async Task OpenedAsync()
    {
        await UntilAsync(() => _process.HasExited || Output.Any(line => line.StartsWith("The shop is open", StringComparison.Ordinal)));
        Assert.False(_process.HasExited, $"The shop did not open.\n{string.Join('\n', Output)}\n{string.Join('\n', Errors)}");
    }

    public async Task<int> ExitedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        await _reading.WaitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(Id, signal));

    public static void Signal(int process, int signal) => Assert.Equal(0, Kill(process, signal));

    /// <summary>Whether a process runs; one that only waits for its parent to take note of its end does not.</summary>
    public static bool Runs(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until nothing of a shop runs and its ports are free.</summary>
    public Task NothingIsLeftAsync(IEnumerable<int> processes) =>
        UntilAsync(() => !processes.Any(Runs) && Enumerable.Range(BasePort, 6).All(LauncherPorts.IsFree));

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The shop's processes end when the launcher does: that is under test, and keeps a failed test from leaving them.
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Dll { get; } = FindDll();

    private static ProcessStartInfo Dotnet(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment) =>
        Prepared("dotnet", args, environment);

    private static ProcessStartInfo Prepared(string file, IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(file, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Built with the tests, in their configuration.</summary>
    private static string FindDll()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = output;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Stitcher.sln")))
        {
            root = root.Parent;
        }

        Assert.NotNull(root);
        return Path.Combine(root.FullName, "deploy", "local", "bin", output.Parent!.Name, output.Name, "Stitcher.Local.dll");
    }

    private static async Task ReadAsync(StreamReader reader, List<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }
    }

    private static string[] Copy(List<string> lines)
    {
        lock (lines)
        {
            return [.. lines];
        }
    }

    [GeneratedRegex(@"^(?<name>\w+)\s+http://localhost:\d+\s+pid (?<id>\d+)\s+ready in \d+\.\d+ s$")]
    private static partial Regex ReadyLine();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
