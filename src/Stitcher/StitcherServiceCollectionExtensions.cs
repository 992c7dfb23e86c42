using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stitcher;
using Stitcher.Caching;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Explaining;
using Stitcher.Fetching;
using Stitcher.Manifests;
using Stitcher.Merging;
using Stitcher.Parsing;
using Stitcher.Planning;
using Stitcher.Upstream;
using Stitcher.Writing;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Stitcher to an app's services.</summary>
public static class StitcherServiceCollectionExtensions
{
    /// <summary>
    /// Adds what composes pages. The app itself adds the reverse proxy (<c>AddReverseProxy().LoadFromConfig(…)</c>) and maps both:
    /// <c>app.MapStitcher(); app.MapReverseProxy();</c>.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configuration">The root of the app's configuration; its sections <c>Stitcher</c> and <c>ReverseProxy</c> are read.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddStitcher(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDiagnostics()
            .AddUpstream(configuration)
            .AddParsing()
            .AddManifests(configuration)
            .AddPlanning(configuration)
            .AddCaching(configuration)
            .AddFetching()
            .AddExplaining()
            .AddPages()
            .AddEdge(configuration);
    }

    private static IServiceCollection AddDiagnostics(this IServiceCollection services) => services.AddSingleton<StitcherMetrics>();

    private static IServiceCollection AddUpstream(this IServiceCollection services, IConfiguration configuration) => services
        .AddConnections(configuration)
        .AddSingleton(MadeWithReverseProxy<DestinationOutcomes>)
        .AddSingleton<IPassiveHealthCheckPolicy, ProxiedOutcomes>()
        .AddSingleton<IAvailableDestinationsPolicy, HalfOutAtMost>()
        .AddSingleton<IProxyConfigFilter, ClusterHealth>()
        .AddSingleton(MadeWithReverseProxy<ServiceDestinations>)
        .AddSingleton<ServiceClients>();

    // The reverse proxy takes one factory for its clients, the one added last. Ours calls the app's own that was added before it.
    private static IServiceCollection AddConnections(this IServiceCollection services, IConfiguration configuration)
    {
        var before = services.LastOrDefault(static service => service.ServiceType == typeof(IForwarderHttpClientFactory) && !service.IsKeyedService);
        services.TryAddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        return services.AddSingleton(provider =>
        {
            var configured = before?.ImplementationInstance ?? before?.ImplementationFactory?.Invoke(provider)
                ?? (before?.ImplementationType is { } type ? ActivatorUtilities.CreateInstance(provider, type) : null);
            if (configured is IForwarderHttpClientFactory and not ForwarderHttpClientFactory)
            {
                return (IForwarderHttpClientFactory)configured;
            }

            var options = StitcherOptionsReader.Read(configuration, []);
            var connector = new ServiceConnector(
                provider.GetRequiredService<ResolveHost>(), new AddressPolicy(options.AllowedAddresses), provider.GetRequiredService<TimeProvider>());
            return new ServiceConnections(options.Limits, connector, (ForwarderHttpClientFactory?)configured, provider.GetRequiredService<ILogger<ForwarderHttpClientFactory>>());
        });
    }

    private static IServiceCollection AddParsing(this IServiceCollection services) => services.AddSingleton(new FragmentParser(ThreadTimeProvider.Instance)).AddSingleton(new MarkupMemo()).AddSingleton<ParserWarmUp>();

    private static IServiceCollection AddManifests(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<FederationState>()
        .AddSingleton<ManifestClient>()
        .AddKeptFiles(configuration)
        .AddSingleton<ManifestIntake>()
        .AddSingleton<ManifestPoller>()
        .AddHostedService(static provider => provider.GetRequiredService<ManifestPoller>());

    // Folder and bound are taken at start, like the cache's. Errors are told when the catalog is loaded.
    private static IServiceCollection AddKeptFiles(this IServiceCollection services, IConfiguration configuration)
    {
        var options = StitcherOptionsReader.Read(configuration, []).Federation;
        return services
            .AddSingleton(provider => new KeptAssets(options.KeptAssetBytes, options.StateFolder, provider.GetRequiredService<ILogger<KeptAssets>>()))
            .AddSingleton(provider => new StateFiles(
                options.StateFolder, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<StateFiles>>()))
            .AddSingleton<RevisionFiles>();
    }

    private static IServiceCollection AddPlanning(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => new SettingsFiles(configuration))
        .AddSingleton<SessionCookies>()
        .AddSingleton<UserGenerations>()
        .AddSingleton<IdentityIssuer>()
        .AddSingleton<PagePlanner>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<CatalogState>(provider, configuration))
        .HoldProxyConfigs()
        .AddHostedService(provider => ActivatorUtilities.CreateInstance<CatalogReloader>(provider, configuration))
        .AddHostedService(MadeWithReverseProxy<ReverseProxyPresence>);

    // Sources that are added later are not held; the readme says so.
    private static IServiceCollection HoldProxyConfigs(this IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { IsKeyedService: false } source && source.ServiceType == typeof(IProxyConfigProvider))
            {
                services[i] = ServiceDescriptor.Singleton<IProxyConfigProvider>(provider => new HeldProxyConfig((IProxyConfigProvider)(
                    source.ImplementationInstance ?? source.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, source.ImplementationType!))));
            }
        }

        return services.AddSingleton<ProxyConfigApplied>().AddSingleton<IConfigChangeListener>(static provider => provider.GetRequiredService<ProxyConfigApplied>());
    }

    // The cache's bounds are taken at start: a store cannot shrink under its readers. Errors are told when the catalog is loaded.
    private static IServiceCollection AddCaching(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => StitcherOptionsReader.Read(configuration, []).Cache)
        .AddSingleton(provider => Watched(new FragmentStore(provider.GetRequiredService<CacheOptions>(), provider.GetRequiredService<TimeProvider>()), provider))
        .AddSingleton<FragmentPurge>()
        .AddSecondLevel();

    private static FragmentStore Watched(FragmentStore store, IServiceProvider provider)
    {
        provider.GetRequiredService<StitcherMetrics>().WatchCache(() => store.Bytes, () => store.Count, () => store.Evicted);
        return store;
    }

    private static IServiceCollection AddSecondLevel(this IServiceCollection services)
    {
        services.TryAddSingleton<ISecondLevel, NoSecondLevel>();
        return services;
    }

    private static IServiceCollection AddFetching(this IServiceCollection services) => services
        .AddSingleton<FragmentCookies>()
        .AddSingleton<FragmentCompiler>()
        .AddSingleton<FragmentPresenter>()
        .AddSingleton<FragmentMarks>()
        .AddSingleton<FragmentIntake>()
        .AddSingleton<FragmentSource>()
        .AddSingleton<Coalescer<Fetched>>()
        .AddSingleton<FragmentLoader>()
        .AddSingleton<FragmentFetcher>()
        .AddSingleton<HeadMerger>();

    private static IServiceCollection AddExplaining(this IServiceCollection services) => services
        .AddSingleton<PageExplainer>()
        .AddSingleton(MadeWithReverseProxy<GatewayExplainer>)
        .AddSingleton<FederationExplainer>()
        .AddSingleton<FederationEndpoint>()
        .AddSingleton<PathRouting>()
        .AddSingleton(MadeWithReverseProxy<PlanEndpoint>);

    private static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRouting();
        // Its own, or each look would have one that remembers nothing.
        services.AddSingleton<ReadyCheck>();
        services.AddHealthChecks().AddCheck<ReadyCheck>("stitcher", tags: [ReadyCheck.Tag]);
        services.AddSingleton<CompressedPages>().AddSingleton<PageResponse>().AddSingleton<PageRecord>().AddSingleton<PageEndpoint>().AddSingleton<LoneFragmentEndpoint>().AddSingleton<PageEndpointDataSource>().AddSingleton(MadeWithReverseProxy<AssetEndpoint>).AddSingleton<RevisionAssets>().AddSingleton<ManifestPushEndpoint>();
        services.AddSingleton<AllowedMethods>().AddSingleton<PageMethodsEndpoint>().AddSingleton<PostedPageEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ManagementListenerPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PageMethodsPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITransformProvider, PassThroughHeaders>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITransformProvider, PassThroughRequests>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITransformProvider, SessionAnswers>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ForeignFormPolicy>());
        services.AddSingleton<SessionMaker>();
        services.AddSingleton(static provider => new UserFragments(provider.GetRequiredService<UserGenerations>(), provider.GetRequiredService<FragmentStore>(), provider.GetRequiredService<CatalogState>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, SessionEnds>());
        return services;
    }

    private static IServiceCollection AddEdge(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ManagementPort>().AddSingleton<PageAdmission>().AddSingleton<ManagementTokens>().AddSingleton<PurgeEndpoint>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Draining>(provider, configuration));
        services.AddHostedService(static provider => provider.GetRequiredService<Draining>());
        services.AddOptions<HostOptions>().Configure<IHostEnvironment>((host, environment) =>
        {
            var drain = StitcherOptionsReader.Read(configuration, []).Drain;
            host.ShutdownTimeout = Draining.Delay(drain, configuration, environment) + drain.Finish;
        });
        return services.AddSingleton<IStartupFilter, Edge>();
    }

    // What takes the reverse proxy's objects is made by a function: in Development the container would otherwise complain of a missing type before
    // MapStitcher can name the missing call.
    private static T MadeWithReverseProxy<T>(IServiceProvider provider) => ActivatorUtilities.CreateInstance<T>(provider);
}
