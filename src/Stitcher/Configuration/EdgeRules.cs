using System.Net;
using Microsoft.Extensions.Configuration;

namespace Stitcher.Configuration;

/// <summary>The rules on who is believed to speak for a client.</summary>
internal static class EdgeRules
{
    private const string TrustEveryone = "FORWARDEDHEADERS_ENABLED";

    public static void Check(StitcherOptions options, IConfiguration configuration, OptionsCheck check)
    {
        check.Ranges(options.Drain, OptionsCheck.Key("Drain"));
        check.Ranges(options.RateLimit, OptionsCheck.Key("RateLimit"));
        foreach (var (proxy, index) in options.KnownProxies.Select((proxy, i) => (proxy, i)).Where(pair => Network(pair.proxy) is null))
        {
            check.Add(OptionsCheck.Key($"KnownProxies:{index}"), $"'{proxy}' is neither an address nor a network", "an IP address or a network, such as '10.0.0.7' or '10.0.0.0/8'");
        }

        if (bool.TryParse(configuration[TrustEveryone], out var everyone) && everyone)
        {
            check.Add(TrustEveryone, "with ASPNETCORE_FORWARDEDHEADERS_ENABLED every client may say who it is", $"no such variable, and the proxies in front in {OptionsCheck.Key("KnownProxies")}");
        }
    }

    /// <summary>The network that an entry of <c>KnownProxies</c> names; null if it names none.</summary>
    public static IPNetwork? Network(string proxy) =>
        IPNetwork.TryParse(proxy, out var network) ? network
        : IPAddress.TryParse(proxy, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
