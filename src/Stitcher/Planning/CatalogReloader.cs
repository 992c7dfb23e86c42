using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Manifests;
using Yarp.ReverseProxy.Configuration;

namespace Stitcher.Planning;

/// <summary>Plans anew when configuration, a layout or a manifest changes.</summary>
internal sealed class CatalogReloader(
    CatalogState catalog,
    FederationState federation,
    IConfiguration configuration,
    SettingsFiles files,
    IEnumerable<IProxyConfigProvider> proxyConfigs,
    TimeProvider time,
    ILogger<CatalogReloader> logger) : BackgroundService
{
    // Editors write a file in several steps; each would be a change of its own.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var layouts = new LayoutFolder(() => catalog.LayoutRoot, logger);
        using var onConfiguration = ChangeToken.OnChange(configuration.GetReloadToken, () => _changes.Writer.TryWrite(true));
        using var onLayouts = ChangeToken.OnChange(layouts.Watch, () => _changes.Writer.TryWrite(true));
        var onProxyConfigs = proxyConfigs.OfType<HeldProxyConfig>()
            .Select(held => ChangeToken.OnChange(held.GetChangeToken, () => _changes.Writer.TryWrite(true)))
            .ToArray();
        void OnManifest() => _changes.Writer.TryWrite(false);
        void OnBroken() => _changes.Writer.TryWrite(true);
        federation.Changed += OnManifest;
        files.Broken += OnBroken;
        try
        {
            // A manifest may have arrived between the first planning and now.
            OnManifest();
            await foreach (var first in _changes.Reader.ReadAllAsync(stoppingToken))
            {
                var announce = first;
                if (announce)
                {
                    await Task.Delay(Settling, time, stoppingToken);
                }

                while (_changes.Reader.TryRead(out var more))
                {
                    announce |= more;
                }

                await ReloadAsync(announce, stoppingToken);
            }
        }
        finally
        {
            federation.Changed -= OnManifest;
            files.Broken -= OnBroken;
            Array.ForEach(onProxyConfigs, watch => watch.Dispose());
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Returns when no page is being replaced any more, even where the host has no patience left: routing, while it is taken apart, waits for those whom it
    /// told of replaced pages, and they wait for it (ASP.NET Core 10). The host would never end.
    /// </remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await (ExecuteTask ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReloadAsync(bool announce, CancellationToken stoppingToken)
    {
        try
        {
            await catalog.ReloadAsync(announce, stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // A defect here must not end the watching.
            logger.CatalogFailed(exception);
        }
    }

    private sealed class LayoutFolder(Func<string> root, ILogger logger) : IDisposable
    {
        private PhysicalFileProvider? _files;
        private string? _watched;

        public IChangeToken? Watch()
        {
            var folder = root();
            if (_watched != folder)
            {
                _files?.Dispose();
                _files = Directory.Exists(folder) ? new PhysicalFileProvider(folder) : null;
                _watched = folder;
            }

            try
            {
                return _files?.Watch("**/*");
            }
            catch (IOException exception)
            {
                // Systems give a user few watchers. Pages are as good without; what is lost is taking up an edit.
                logger.LayoutsNotWatched(folder, exception.Message);
                return null;
            }
        }

        public void Dispose() => _files?.Dispose();
    }
}
