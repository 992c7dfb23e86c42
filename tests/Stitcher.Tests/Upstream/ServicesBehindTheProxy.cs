using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Parsing;
using Stitcher.TestKit;
using Stitcher.Upstream;
using Yarp.ReverseProxy.Configuration;

namespace Stitcher.Tests.Upstream;

/// <summary>The engine as an app adds it, with a real reverse proxy of one cluster, <c>products</c>; nothing listens, no hosted service runs.</summary>
internal sealed class ServicesBehindTheProxy : IAsyncDisposable
{
    public const int BodyLimit = 4_096;

    /// <summary>What an answer may be where a test says nothing else.</summary>
    public static readonly ResponseTerms Terms = new() { BodyBytes = BodyLimit };

    private readonly WebApplication _app;

    private ServicesBehindTheProxy(WebApplication app, CapturedLog log)
    {
        _app = app;
        Log = log;
    }

    public CapturedLog Log { get; }

    public IServiceProvider Engine => _app.Services;

    public ServiceClients Clients => Engine.GetRequiredService<ServiceClients>();

    /// <summary>The first address is asked first.</summary>
    public static ServicesBehindTheProxy At(params string[] addresses) => At(TimeProvider.System, addresses);

    /// <inheritdoc cref="At(string[])"/>
    public static ServicesBehindTheProxy At(TimeProvider time, params string[] addresses)
    {
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Configuration["Stitcher:Cache:FailureMemory"] = "0s";
        builder.Services.AddSingleton(time).AddStitcher(builder.Configuration);

        // A busy machine is no reason to refuse a fragment.
        builder.Services.AddSingleton(new FragmentParser(new FakeTimeProvider()));
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

        // Mapping loads the clusters.
        app.MapReverseProxy();
        return new ServicesBehindTheProxy(app, log);
    }

    public async Task<UpstreamResponse> AskAsync(string target = "/card", TimeSpan? total = null, ResponseTerms? terms = null, CancellationToken clientGone = default) =>
        await Clients.For("products", "products", ResilienceSettings.Default).SendAsync(new UpstreamRequest("ProductCard", target), total ?? TimeSpan.FromSeconds(10), terms ?? Terms, clientGone);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
