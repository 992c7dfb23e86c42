using System.Diagnostics;
using System.Runtime.InteropServices;

// The runtime looks for a type of exactly this name outside any namespace.
#pragma warning disable CA1050

/// <summary>
/// Runs inside each service and the gateway before their own code (<c>DOTNET_STARTUP_HOOKS</c>), so that they end when the launcher is gone and
/// know nothing of it. Standard input is a pipe whose other end only the launcher holds; nothing is ever written to it. It closes when the launcher
/// closes it, ends, crashes or is killed with SIGKILL: the kernel sees to that, where a parent-death signal follows the thread that started the process.
/// </summary>
internal static class StartupHook
{
    /// <summary>How long an orderly stop may take when nobody is left to lose patience.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int Sigterm = 15;

    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        // What this process starts must not read a pipe that was made for it.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        new Thread(EndWithLauncher) { IsBackground = true, Name = "ends with the launcher" }.Start();
    }

    private static void EndWithLauncher()
    {
        using var pipe = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[64];
        while (pipe.Read(ignored) > 0)
        {
        }

        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(0);
        }

        // The host's own orderly stop: connections are finished, the log is written out.
        _ = Signal(Environment.ProcessId, Sigterm);
        Thread.Sleep(Patience);
        Process.GetCurrentProcess().Kill();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
