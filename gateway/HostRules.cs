namespace Stitcher.Gateway;

/// <summary>The rules on settings of the host itself, which the engine has no part in.</summary>
internal static class HostRules
{
    private const string Hosts = "AllowedHosts";

    // By these switches the server would read what two readers read differently.
    private static readonly string[] Lenient =
    [
        "Microsoft.AspNetCore.Server.Kestrel.EnableInsecureChunkedRequestParsing",
        "Microsoft.AspNetCore.Server.Kestrel.AllowKeepAliveAfterCLTE",
    ];

    /// <summary>A line ends in CR and LF: what another reader takes for one line must not be two here.</summary>
    public static void BeStrict() => AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

    public static void Check(IConfiguration configuration, IHostEnvironment environment, ICollection<string> errors)
    {
        if (environment.IsProduction()
            && (configuration[Hosts] is not { Length: > 0 } hosts || hosts.Split(';', StringSplitOptions.TrimEntries).Any(host => host is "*" or "[::]" or "0.0.0.0")))
        {
            errors.Add($"{Hosts}: every name of a host is taken in the environment 'Production'; expected the site's own names, such as 'shop.example;www.shop.example'.");
        }

        foreach (var name in Lenient.Where(name => AppContext.TryGetSwitch(name, out var on) && on))
        {
            errors.Add($"{name}: this switch lets requests in that two readers read differently; expected no such switch.");
        }
    }
}
