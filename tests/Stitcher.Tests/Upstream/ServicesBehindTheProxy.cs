using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
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
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    private ServicesBehindTheProxy(WebApplication app, CapturedLog log)
    {
        _app = app;
        Log = log;
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, _, _) => _counts.AddOrUpdate(instrument.Name, count, (_, before) => before + count));
        _listener.Start();
    }

    public CapturedLog Log { get; }

    public IServiceProvider Engine => _app.Services;

    public ServiceClients Clients => Engine.GetRequiredService<ServiceClients>();

    /// <summary>The client of the service <c>products</c>, with the default settings.</summary>
    public ServiceClient Client => Clients.For("products", "products", ResilienceSettings.Default);

    /// <summary>The first address is asked first.</summary>
    public static ServicesBehindTheProxy At(params string[] addresses) => At(TimeProvider.System, addresses);

    /// <inheritdoc cref="At(string[])"/>
    public static ServicesBehindTheProxy At(TimeProvider time, params string[] addresses) => With(services => services.AddSingleton(time), [], addresses);

    /// <param name="before">What the app adds before the engine.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="addresses">Where the service is; the first address is asked first.</param>
    public static ServicesBehindTheProxy With(Action<IServiceCollection> before, Dictionary<string, string?> settings, params string[] addresses)
    {
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Configuration["Stitcher:Cache:FailureMemory"] = "0s";

        // A busy machine is no reason to give up a connection, or to refuse a fragment.
        builder.Configuration.AddInMemoryCollection([new("Stitcher:Limits:ConnectTime", "5s")]).AddInMemoryCollection(settings);
        before(builder.Services);
        var parser = builder.Services.LastOrDefault(service => service.ServiceType == typeof(FragmentParser));
        builder.Services.AddStitcher(builder.Configuration);
        builder.Services.Add(parser ?? ServiceDescriptor.Singleton(new FragmentParser(new FakeTimeProvider())));
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
        await Client.SendAsync(new UpstreamRequest("ProductCard", target), total ?? TimeSpan.FromSeconds(10), terms ?? Terms, clientGone);

    /// <summary>What a counter has counted since the engine was made.</summary>
    public long Counted(string instrument) => _counts.GetValueOrDefault(instrument);

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return _app.DisposeAsync();
    }
}
