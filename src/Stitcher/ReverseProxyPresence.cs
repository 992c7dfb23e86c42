using Microsoft.Extensions.Hosting;
using Stitcher.Configuration;
using Stitcher.Planning;
using Yarp.ReverseProxy;

namespace Stitcher;

/// <summary>Notices at start what would otherwise be an empty slot on every page: nobody has told the reverse proxy to load its clusters.</summary>
internal sealed class ReverseProxyPresence(CatalogState catalog, IProxyStateLookup clusters) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (catalog.Current.Services.Count > 0 && !clusters.GetClusters().Any())
        {
            throw new StitcherConfigurationException(
                ["the reverse proxy has loaded no clusters, so no service can be reached: call app.MapReverseProxy() after app.MapStitcher() in Program.cs"]);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
