using System.Net;
using System.Net.Sockets;

namespace Stitcher.Configuration;

/// <summary>An entry of <see cref="StitcherOptions.AllowedAddresses"/>.</summary>
internal static class AllowedAddress
{
    /// <summary>Reads an address, or a network in CIDR notation.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    /// <summary>Adds an error for each entry that is neither.</summary>
    public static void Check(IEnumerable<string> addresses, string key, OptionsCheck check)
    {
        foreach (var (address, index) in addresses.Select((a, i) => (a, i)).Where(pair => !TryParse(pair.a, out _)))
        {
            check.Add($"{key}:{index}", $"'{address}' is no address", "an address such as '169.254.10.7' or a network such as '169.254.10.0/24'");
        }
    }
}
