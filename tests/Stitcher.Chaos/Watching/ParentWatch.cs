using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Stitcher.Chaos.Watching;

/// <summary>Ends a process of a run when the runner is gone, however that ended: nothing is left running.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A timer that nobody holds may be collected.
    private static Timer? _timer;

    /// <summary>Begins to watch. Linux only; elsewhere nothing happens.</summary>
    public static void Start()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var parent = ParentId();
        _timer = new Timer(_ => EndWith(parent), null, Interval, Interval);
    }

    private static void EndWith(int parent)
    {
        if (ParentId() != parent)
        {
            Process.GetCurrentProcess().Kill();
        }
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ParentId();
}
