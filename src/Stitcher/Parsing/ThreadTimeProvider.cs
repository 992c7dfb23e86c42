using System.Runtime.InteropServices;

namespace Stitcher.Parsing;

/// <summary>
/// The processor time of the current thread, where the system tells it; elsewhere the time on the wall. A parse is bounded by what
/// it costs: on a busy machine, or in a container that is held back for a moment, a harmless fragment takes long without costing much.
/// </summary>
internal sealed partial class ThreadTimeProvider : TimeProvider
{
    // CLOCK_THREAD_CPUTIME_ID in <time.h> of Linux.
    private const int ThreadProcessorTime = 3;

    private const long NanosecondsPerSecond = 1_000_000_000;

    public static ThreadTimeProvider Instance { get; } = new();

    // The layout of timespec differs on 32-bit systems.
    private static bool IsKnown { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    public override long TimestampFrequency => IsKnown ? NanosecondsPerSecond : base.TimestampFrequency;

    public override long GetTimestamp() =>
        IsKnown && GetTime(ThreadProcessorTime, out var time) == 0 ? (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds : base.GetTimestamp();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
