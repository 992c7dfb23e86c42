using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy.Configuration;

namespace Stitcher.Configuration;

/// <summary>Puts the reverse proxy's own judgement of its section beside ours, so that one start tells everything.</summary>
internal static class ReverseProxyRules
{
    private const string Section = "ReverseProxy";

    /// <summary>Checks every route and cluster of every source.</summary>
    /// <param name="providers">The reverse proxy's sources of configuration.</param>
    /// <param name="validator">The reverse proxy's own validator.</param>
    /// <param name="configuration">The root of the configuration, to say where a key was set.</param>
    /// <param name="errors">Receives one sentence for each thing that the reverse proxy refuses.</param>
    /// <param name="environment">The host's environment.</param>
    /// <returns>The identifiers of all clusters, valid or not.</returns>
    public static async ValueTask<IReadOnlyCollection<string>> CheckAsync(
        IEnumerable<IProxyConfigProvider> providers,
        IConfigValidator validator,
        IConfiguration configuration,
        ICollection<string> errors,
        string environment = "")
    {
        var found = new ConfigurationErrors(configuration, errors);
        var configs = providers.Select(provider => Load(provider, found)).OfType<IProxyConfig>().ToArray();
        var clusters = configs.SelectMany(config => config.Clusters).Select(cluster => cluster.ClusterId).ToArray();

        foreach (var cluster in configs.SelectMany(config => config.Clusters))
        {
            Tell($"{Section}:Clusters:{cluster.ClusterId}", await validator.ValidateClusterAsync(cluster));
            CheckAddresses(cluster, found);
            CheckCertificates(cluster, environment, found);
        }

        foreach (var route in configs.SelectMany(config => config.Routes))
        {
            var key = $"{Section}:Routes:{route.RouteId}";
            Tell(key, await validator.ValidateRouteAsync(route));
            if (route.ClusterId is { } cluster && !clusters.Contains(cluster, StringComparer.OrdinalIgnoreCase))
            {
                found.Add(key + ":ClusterId", $"there is no cluster '{cluster}'", NearestName.OneOf(cluster, clusters));
            }
        }

        return clusters;

        void Tell(string key, IEnumerable<Exception> refusals)
        {
            foreach (var refusal in refusals)
            {
                found.Add(key, refusal.Message.TrimEnd('.'), "what the reverse proxy accepts");
            }
        }
    }

    private static IProxyConfig? Load(IProxyConfigProvider provider, ConfigurationErrors found)
    {
        try
        {
            return provider is HeldProxyConfig held ? held.Offer() : provider.GetConfig();
        }
        // A source may throw anything on a value that it cannot read; the other sources and sections are still worth judging.
        catch (Exception e)
        {
            found.Add(Section, e.Message.TrimEnd('.'), "what the reverse proxy accepts");
            return null;
        }
    }

    /// <summary>A service whose certificate nobody looks at may be anybody.</summary>
    private static void CheckCertificates(ClusterConfig cluster, string environment, ConfigurationErrors found)
    {
        if (cluster.HttpClient?.DangerousAcceptAnyServerCertificate == true && environment.Equals(Environments.Production, StringComparison.OrdinalIgnoreCase))
        {
            found.Add(
                $"{Section}:Clusters:{cluster.ClusterId}:HttpClient:DangerousAcceptAnyServerCertificate",
                "any certificate is accepted in the environment 'Production', so anybody could answer for the service",
                "a certificate that the host trusts, or another environment");
        }
    }

    /// <summary>The reverse proxy takes an address for what it is and fails on the first request; here it fails at start.</summary>
    private static void CheckAddresses(ClusterConfig cluster, ConfigurationErrors found)
    {
        foreach (var (name, destination) in cluster.Destinations ?? new Dictionary<string, DestinationConfig>())
        {
            if (!Uri.TryCreate(destination.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                found.Add(
                    $"{Section}:Clusters:{cluster.ClusterId}:Destinations:{name}:Address",
                    $"'{destination.Address}' is not an http or https address",
                    "the service's address, such as 'http://localhost:3002/'");
            }
        }
    }
}
