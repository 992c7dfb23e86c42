using Microsoft.Extensions.Hosting;
using Stitcher.Configuration;

namespace Stitcher.Redis;

/// <summary>Owns everything that goes on with Redis in the background, and ends it with the host.</summary>
internal sealed class RedisWorker(RedisOptions options, RedisLink link, RedisCalls calls, PurgeExchange exchange, KeepQueue queue) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        RedisLink.SettingsOf(options);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await link.ConnectAsync(stoppingToken);
        await calls.WarmUpAsync(stoppingToken);
        await Task.WhenAll(exchange.RunAsync(stoppingToken), queue.RunAsync(stoppingToken));
    }
}
