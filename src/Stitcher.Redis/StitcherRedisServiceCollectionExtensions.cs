using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stitcher;
using Stitcher.Caching;
using Stitcher.Configuration;
using Stitcher.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets the gateway share what it remembers with other gateways.</summary>
public static class StitcherRedisServiceCollectionExtensions
{
    /// <summary>
    /// Adds a second level of the fragment cache in Redis, and purges that all gateways hear of: beside <c>AddStitcher</c>, before or after
    /// it. Nothing is added without the setting <c>Stitcher:Redis:Configuration</c>. The start does not wait for Redis, and no page waits
    /// longer for it than <c>Stitcher:Redis:OperationTimeout</c>.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configuration">The root of the app's configuration; its section <c>Stitcher:Redis</c> is read. Errors in it are told at start with all others.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddStitcherRedis(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        if (string.IsNullOrWhiteSpace(configuration[$"{StitcherOptions.SectionName}:{nameof(StitcherOptions.Redis)}:{nameof(RedisOptions.Configuration)}"]))
        {
            return services;
        }

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(_ => StitcherOptionsReader.Read(configuration, []).Redis)
            .AddSingleton<RedisMetrics>()
            .AddSingleton(provider => new Seal(provider.GetRequiredService<RedisOptions>()))
            .AddSingleton<RedisLink>()
            .AddSingleton<RedisCircuit>()
            .AddSingleton<RedisCalls>()
            .AddSingleton<SharedPurges>()
            .AddSingleton<KeepQueue>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<PurgeReader>(provider, (Func<FragmentPurge>)provider.GetRequiredService<FragmentPurge>))
            .AddSingleton<PurgeExchange>()
            .AddSingleton<ISecondLevel, RedisSecondLevel>()
            .AddSingleton<ISharedSessionEnds, RedisSessionEnds>()
            .AddHostedService<RedisWorker>();
    }
}
