using System.Globalization;

namespace Stitcher.Chaos.Processes;

/// <summary>What the kernel says of a process at one moment. Linux only.</summary>
/// <param name="At">Seconds from the run's beginning.</param>
/// <param name="Id">The process.</param>
/// <param name="Megabytes">Resident memory.</param>
/// <param name="CpuSeconds">Processor time so far.</param>
/// <param name="Handles">Open file descriptors, but for those of loaded code: an assembly is opened when it is first needed, and for good.</param>
/// <param name="Peers">Established connections to addresses of interest.</param>
internal sealed record ProcessState(double At, int Id, double Megabytes, double CpuSeconds, int Handles, int Peers)
{
    // Linux shows processor time in these on every machine (USER_HZ).
    private const double TicksPerSecond = 100;

    /// <summary>Looks at a process; null when it is gone.</summary>
    public static ProcessState? Of(int id, double at, string? peer)
    {
        try
        {
            var pages = File.ReadAllText($"/proc/{id}/statm").Split(' ')[1];
            var stat = File.ReadAllText($"/proc/{id}/stat");

            // The name may hold blanks; behind its bracket the fields are plain. Numbers 14 and 15 of proc(5) are times.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = Number(fields[11]) + Number(fields[12]);
            return new ProcessState(
                at,
                id,
                Number(pages) * Environment.SystemPageSize / 1048576.0,
                ticks / TicksPerSecond,
                Directory.EnumerateFileSystemEntries($"/proc/{id}/fd").Count(static handle => !IsCode(handle)),
                peer is null ? 0 : ConnectionsTo(peer));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsCode(string handle)
    {
        try
        {
            return File.ResolveLinkTarget(handle, returnFinalTarget: false) is { Extension: ".dll" or ".so" or ".pdb" };
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return true;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static int ConnectionsTo(string host)
    {
        var bytes = System.Net.IPAddress.Parse(host).GetAddressBytes();
        Array.Reverse(bytes);
        var wanted = Convert.ToHexString(bytes);
        const string Established = "01";
        return File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(fields => fields[3] == Established && fields[2].Split(':')[0].EndsWith(wanted, StringComparison.Ordinal));
    }
}
