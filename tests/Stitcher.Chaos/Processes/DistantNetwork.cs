using System.Diagnostics;

namespace Stitcher.Chaos.Processes;

/// <summary>
/// A network namespace behind a pair of virtual devices. While it is cut, what is sent there arrives and nothing comes back, not even a refusal:
/// a half-open connection as a dead machine or a firewall leaves it. Needs Linux, <c>ip</c> and the right to make networks.
/// </summary>
internal sealed class DistantNetwork : IDisposable
{
    // From the block for tests between networks (RFC 2544), which nobody routes.
    private const string NearAddress = "198.18.77.1";

    /// <summary>The services' address.</summary>
    public const string FarAddress = "198.18.77.2";

    // The kernel takes a namespace apart in its own time: a name is not free again at once.
    private static int _made;

    private DistantNetwork(string name) => Name = name;

    /// <summary>Its name for <c>ip netns</c>.</summary>
    public string Name { get; }

    private string Near => $"{Name}n";

    private string Far => $"{Name}f";

    /// <summary>Says why there can be none on this machine, or null.</summary>
    public static string? Obstacle()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "needs Linux' network namespaces";
        }

        try
        {
            using var network = Open();
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"needs the right to make network namespaces and the command ip ({exception.Message.Trim()})";
        }
    }

    /// <summary>Makes one.</summary>
    public static DistantNetwork Open()
    {
        var network = new DistantNetwork($"ch{Environment.ProcessId % 1_000_000}x{Interlocked.Increment(ref _made)}");
        Ip($"netns add {network.Name}");
        try
        {
            Ip($"link add {network.Near} type veth peer name {network.Far} netns {network.Name}");
            Ip($"addr add {NearAddress}/30 dev {network.Near}");
            Ip($"link set {network.Near} up");
            Ip($"-n {network.Name} addr add {FarAddress}/30 dev {network.Far}");
            Ip($"-n {network.Name} link set {network.Far} up");
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>From now on nothing comes back.</summary>
    public void Cut()
    {
        // The neighbours must stay known, or the kernel would tell that the host cannot be reached.
        var hardware = File.ReadAllText($"/sys/class/net/{Near}/address").Trim();
        var far = Ip($"-n {Name} -br link show {Far}").Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
        Ip($"neigh replace {FarAddress} lladdr {far} dev {Near} nud permanent");
        Ip($"-n {Name} neigh replace {NearAddress} lladdr {hardware} dev {Far} nud permanent");
        Ip($"-n {Name} route add blackhole {NearAddress}/32");
    }

    /// <summary>Everything comes back again.</summary>
    public void Mend() => Ip($"-n {Name} route del blackhole {NearAddress}/32");

    /// <inheritdoc/>
    public void Dispose() => Ip($"netns del {Name}");

    private static string Ip(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"ip {arguments}: {error}");
    }
}
