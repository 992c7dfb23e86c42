using Microsoft.Extensions.DependencyInjection;
using Stitcher.Caching;
using Stitcher.TestKit;

namespace Stitcher.Redis.Tests;

/// <summary>Gateways that share a Redis, and what tests do with them.</summary>
internal static class Gateways
{
    /// <summary>A gateway with one page of one fragment, <c>/x?id=…</c>, that does not wait for its Redis.</summary>
    public static Task<GatewayUnderTest> StartAloneAsync(ScriptedService service, string redis, Action<GatewaySetup>? more = null) =>
        GatewayUnderTest.StartAsync(setup =>
        {
            setup.Time = UnhurriedClock.Instance;
            setup.Service("service", service.Address, "X=/x?id={id}")
                .Page("/", "<fragment src=\"service/X?id={query.id}\" timeout=\"8s\"></fragment>", ("Deadline", "10s"))
                .Set("Stitcher:Redis:Configuration", redis)
                .Set("Stitcher:Redis:OperationTimeout", UnhurriedClock.OperationTimeout);
            setup.Compose = builder => builder.Services.AddStitcherRedis(builder.Configuration);
            more?.Invoke(setup);
        });

    /// <summary>The same, and its Redis is in use.</summary>
    public static async Task<GatewayUnderTest> StartAsync(ScriptedService service, string redis, Action<GatewaySetup>? more = null)
    {
        var gateway = await StartAloneAsync(service, redis, more);
        await gateway.SharesAsync();
        return gateway;
    }

    public static bool Shares(this GatewayUnderTest gateway) => gateway.Services.GetRequiredService<ISecondLevel>().IsPresent;

    public static Task SharesAsync(this GatewayUnderTest gateway, TimeSpan? patience = null) =>
        Eventually.HoldsAsync(gateway.Shares, "the gateway uses its Redis", patience);

    public static async Task PurgeAsync(this GatewayUnderTest gateway, PurgeScope scope) =>
        await gateway.Services.GetRequiredService<FragmentPurge>().PurgeAsync(scope, soft: false, CancellationToken.None);

    public static Task ShowsAsync(this GatewayUnderTest gateway, string text, TimeSpan patience) =>
        Eventually.HoldsAsync(async () => (await gateway.GetAsync("/?id=1")).Contains(text, StringComparison.Ordinal), $"the page shows {text}", patience);

    /// <summary>From now on the service answers so, to be remembered for a minute.</summary>
    public static ScriptedService Says(this ScriptedService service, string text, string cacheControl = "max-age=60") =>
        service.Answers("/x", Answer.Html($"<p>{text}</p>").With("Cache-Control", cacheControl));
}
