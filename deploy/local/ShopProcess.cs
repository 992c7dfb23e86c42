using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Stitcher.Local;

/// <summary>One running process of the shop: its pipe, its lines, its end.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    /// <summary>How long an orderly stop may take before the process is killed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Task _lines;

    private ShopProcess(ProcessPlan plan, Process process, ShopConsole console, TimeProvider time)
    {
        Plan = plan;
        _process = process;
        _time = time;
        Id = process.Id;
        StartedAt = time.GetTimestamp();
        _lines = Task.WhenAll(CopyLinesAsync(process.StandardOutput, console), CopyLinesAsync(process.StandardError, console));
        Ended = EndAsync();
    }

    /// <summary>What it was started from.</summary>
    public ProcessPlan Plan { get; }

    /// <summary>The operating system's number for it.</summary>
    public int Id { get; }

    /// <summary>For <see cref="TimeProvider.GetElapsedTime(long)"/>.</summary>
    public long StartedAt { get; }

    /// <summary>Completes when the process is gone and its last line is written.</summary>
    public Task<ProcessEnd> Ended { get; }

    /// <exception cref="ShopStartException">The project is not built.</exception>
    public static ShopProcess Start(ProcessPlan plan, ShopConsole console, TimeProvider time)
    {
        if (!File.Exists(plan.Assembly))
        {
            throw new ShopStartException($"{plan.Name} is not built: {plan.Assembly} is missing; run `dotnet build deploy/local`.");
        }

        string[] arguments = plan.Interpreter is null ? [plan.Assembly, "--urls", plan.Address.GetLeftPart(UriPartial.Authority)] : [plan.Assembly];
        var start = new ProcessStartInfo(plan.Interpreter ?? DotnetHost(), arguments)
        {
            WorkingDirectory = plan.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in CommonEnvironment(console).Concat(plan.Environment))
        {
            start.Environment[name] = value;
        }

        return new ShopProcess(plan, Process.Start(start)!, console, time);
    }

    /// <summary>Ends it in order by closing its pipe, or by force when that takes too long. Harmless when it is gone already.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await Ended.WaitAsync(Patience, _time);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Ended;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    /// <summary>The very host this launcher runs on: an apphost would look for one by rules of its own, and may find none or another.</summary>
    private static string DotnetHost()
    {
        var shared = RuntimeEnvironment.GetRuntimeDirectory();
        return Path.GetFullPath(Path.Combine(shared, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
    }

    private static Dictionary<string, string> CommonEnvironment(ShopConsole console)
    {
        var hooks = Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS");
        var own = Assembly.GetExecutingAssembly().Location;
        return new Dictionary<string, string>
        {
            ["DOTNET_STARTUP_HOOKS"] = string.IsNullOrEmpty(hooks) ? own : own + Path.PathSeparator + hooks,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",

            // A prefix belongs to a line, so an entry must be one.
            ["Logging__Console__FormatterName"] = "simple",
            ["Logging__Console__FormatterOptions__SingleLine"] = "true",
            ["Logging__Console__FormatterOptions__ColorBehavior"] = console.Coloured ? "Enabled" : "Disabled",

            // "Now listening" and "press Ctrl+C" are the launcher's to say, once for all.
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Warning",
        };
    }

    private async Task CopyLinesAsync(StreamReader reader, ShopConsole console)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            console.Log(Plan.Name, line);
        }
    }

    private async Task<ProcessEnd> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _lines;
        return new ProcessEnd(_process.ExitCode);
    }
}
