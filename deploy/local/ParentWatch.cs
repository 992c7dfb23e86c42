using System.Runtime.InteropServices;

namespace Stitcher.Local;

/// <summary>
/// Closes the shop when the process that started the launcher is gone: `dotnet run` hands signals on, but cannot when it is killed itself.
/// There the launcher is given another parent, which is what is looked for. On Windows `dotnet run` sees to this by a job object.
/// </summary>
internal sealed class ParentWatch : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ITimer _timer;

    private ParentWatch(CancellationTokenSource stop, TimeProvider time)
    {
        var parent = Parent();
        _timer = time.CreateTimer(
            _ =>
            {
                if (Parent() != parent)
                {
                    stop.Cancel();
                }
            },
            null,
            Pause,
            Pause);
    }

    /// <summary>Begins to watch, where there is something to watch.</summary>
    public static ParentWatch? Start(CancellationTokenSource stop, TimeProvider time) =>
        OperatingSystem.IsWindows() ? null : new ParentWatch(stop, time);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Parent();
}
