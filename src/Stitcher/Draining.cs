using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>
/// Lets whoever sends requests notice that the gateway goes before it stops listening: otherwise those that arrive until the next look at its
/// readiness are refused.
/// </summary>
internal sealed class Draining(CatalogState catalog, IConfiguration configuration, IHostEnvironment environment, TimeProvider time, ILogger<Draining> logger)
    : IHostedLifecycleService
{
    private volatile bool _hasBegun;

    /// <summary>The gateway has been asked to stop.</summary>
    public bool HasBegun => _hasBegun;

    // The host stops its services, the server first of all that matter here, only when this is over.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        var delay = Delay(catalog.Current.Options.Drain, configuration, environment);
        if (delay > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
        {
            logger.Draining(delay.TotalSeconds);
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The delay that holds: nobody waits for a program that is run from an editor.</summary>
    public static TimeSpan Delay(DrainOptions options, IConfiguration configuration, IHostEnvironment environment) =>
        environment.IsDevelopment() && configuration[OptionsCheck.Key($"{nameof(StitcherOptions.Drain)}:{nameof(DrainOptions.Delay)}")] is null
            ? TimeSpan.Zero
            : options.Delay;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
