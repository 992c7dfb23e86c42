using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Planning;
using Stitcher.Upstream;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;

namespace Stitcher;

/// <summary>Notices at start what would otherwise be an empty slot on every page: nobody has told the reverse proxy to load its clusters.</summary>
internal sealed class ReverseProxyPresence(CatalogState catalog, IProxyStateLookup clusters, IForwarderHttpClientFactory connections, ILogger<ReverseProxyPresence> logger) : IHostedLifecycleService
{
    // Before any other service has started: those that had would have to be stopped again, and would complain.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (catalog.Current.Services.Count > 0 && !clusters.GetClusters().Any())
        {
            throw new StitcherConfigurationException(
                ["the reverse proxy has loaded no clusters, so no service can be reached: call app.MapReverseProxy() after app.MapStitcher() in Program.cs"]);
        }

        if (connections is not ServiceConnections)
        {
            logger.ConnectionsNotLimited(connections.GetType().Name);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
