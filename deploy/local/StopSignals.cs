using System.Runtime.InteropServices;

namespace Stitcher.Local;

/// <summary>Ctrl+C, a polite kill and a closed terminal all mean: close the shop. A second one changes nothing, since closing takes 5 s at most.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int Sigint = 2;
    private const nint Default = 0;

    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals(CancellationTokenSource stop)
    {
        if (!OperatingSystem.IsWindows())
        {
            // A shell script starts what it puts into the background with Ctrl+C ignored, and the runtime respects that. The shop must end on it
            // however it was started. SIGHUP stays ignored where nohup said so.
            _ = Handle(Sigint, Default);
        }

        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        }))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Handle(int signal, nint handler);
}
