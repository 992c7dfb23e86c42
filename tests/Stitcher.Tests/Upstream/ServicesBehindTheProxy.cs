using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stitcher.TestKit;
using Stitcher.Upstream;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.LoadBalancing;

namespace Stitcher.Tests.Upstream;

/// <summary>A real reverse proxy with one cluster, <c>products</c>, and the engine's client for it.</summary>
internal sealed class ServicesBehindTheProxy : IAsyncDisposable
{
    public const int BodyLimit = 4_096;

    private readonly WebApplication _app;

    private ServicesBehindTheProxy(WebApplication app, CapturedLog log, TimeProvider time)
    {
        _app = app;
        Log = log;
        Destinations = new ServiceDestinations(app.Services.GetRequiredService<IProxyStateLookup>(), app.Services.GetServices<ILoadBalancingPolicy>());
        Clients = new ServiceClients(Destinations, time, app.Services.GetRequiredService<ILogger<ServiceClients>>());
    }

    public CapturedLog Log { get; }

    public ServiceDestinations Destinations { get; }

    public ServiceClients Clients { get; }

    /// <summary>The first address is asked first.</summary>
    public static ServicesBehindTheProxy At(params string[] addresses) => At(TimeProvider.System, addresses);

    /// <inheritdoc cref="At(string[])"/>
    public static ServicesBehindTheProxy At(TimeProvider time, params string[] addresses)
    {
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [],
            [
                new ClusterConfig
                {
                    ClusterId = "products",
                    LoadBalancingPolicy = "FirstAlphabetical",
                    Destinations = addresses.Select((address, index) => (address, name: $"d{index}")).ToDictionary(d => d.name, d => new DestinationConfig { Address = d.address }),
                },
            ]);
        var app = builder.Build();

        // Mapping loads the clusters; nothing has to listen.
        app.MapReverseProxy();
        return new ServicesBehindTheProxy(app, log, time);
    }

    public async Task<UpstreamResponse> AskAsync(string target = "/card", TimeSpan? total = null, int limit = BodyLimit, CancellationToken clientGone = default) =>
        await Clients.For("products", "products").SendAsync(new UpstreamRequest("ProductCard", target), total ?? TimeSpan.FromSeconds(10), limit, clientGone);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
