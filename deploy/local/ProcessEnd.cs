namespace Stitcher.Local;

/// <summary>How a process ended, in words.</summary>
/// <param name="Code">Exit code; 128 + n for signal n, as shells say it.</param>
internal readonly record struct ProcessEnd(int Code)
{
    /// <inheritdoc/>
    public override string ToString() => Code switch
    {
        129 => "SIGHUP",
        130 => "SIGINT",
        131 => "SIGQUIT",
        134 => "SIGABRT, an unhandled exception",
        137 => "SIGKILL",
        139 => "SIGSEGV",
        143 => "SIGTERM",
        _ => $"exit code {Code}",
    };
}
