using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Manifests;
using Yarp.ReverseProxy.Configuration;

namespace Stitcher.Planning;

/// <summary>
/// Holds the catalog in force. A new one takes its place whole or not at all: with any error the old one stays.
/// </summary>
internal sealed class CatalogState(
    IConfiguration configuration,
    SettingsFiles files,
    IHostEnvironment environment,
    IEnumerable<IProxyConfigProvider> proxyConfigs,
    IConfigValidator proxyValidator,
    ParameterPolicyFactory routeConstraints,
    SessionCookies sessions,
    PagePlanner planner,
    FederationState federation,
    ManifestIntake intake,
    ManifestPoller poller,
    ProxyConfigApplied applied,
    StitcherMetrics metrics,
    TimeProvider time,
    ILogger<CatalogState> logger)
{
    // The reverse proxy takes a change up in milliseconds; a page may point at a cluster that it does not know, its slots then show their own content.
    private static readonly TimeSpan LongestApplying = TimeSpan.FromSeconds(2);

    private PageCatalog _current = PageCatalog.Empty;

    public event Action? Changed;

    public PageCatalog Current => Volatile.Read(ref _current);

    /// <summary>There is a catalog to serve from.</summary>
    public bool IsLoaded => Current != PageCatalog.Empty;

    /// <summary>Why the last change was not taken; null when it was.</summary>
    public string? LastRefusal { get; private set; }

    /// <summary>Loads the first catalog.</summary>
    /// <exception cref="StitcherConfigurationException">Anything in configuration or layouts is wrong; holds all errors.</exception>
    public async Task LoadAsync()
    {
        var errors = new List<string>();
        var catalog = await BuildAsync(errors);
        if (errors.Count > 0)
        {
            throw new StitcherConfigurationException(errors);
        }

        TakeProxyConfigs();
        Install(catalog);
        metrics.ConfigIsValid(true);
        logger.CatalogReady(catalog.Pages.Length, catalog.Services.Count);
    }

    /// <summary>Puts a new catalog in place if it has no error; says so either way.</summary>
    /// <param name="announce">Whether the change is the operator's and so worth a line.</param>
    /// <param name="stoppingToken">The gateway ends, and takes up nothing new.</param>
    /// <exception cref="OperationCanceledException">The gateway ends.</exception>
    public async Task ReloadAsync(bool announce, CancellationToken stoppingToken)
    {
        var errors = new List<string>();
        var catalog = await BuildAsync(errors);
        if (errors.Count > 0)
        {
            LastRefusal = string.Join("; ", errors);
            metrics.ConfigIsValid(false);
            logger.CatalogRefused(LastRefusal);
            return;
        }

        LastRefusal = null;
        var next = applied.Next;
        if (TakeProxyConfigs())
        {
            await Task.WhenAny(next, Task.Delay(LongestApplying, time, stoppingToken));
        }

        stoppingToken.ThrowIfCancellationRequested();
        Install(catalog);
        metrics.ConfigIsValid(true);
        if (announce)
        {
            logger.CatalogReplaced(catalog.Pages.Length, catalog.Services.Count);
        }
    }

    /// <summary>The folder of the layouts in force.</summary>
    public string LayoutRoot => Path.GetFullPath(Current.Options.LayoutRoot, environment.ContentRootPath);

    private async Task<PageCatalog> BuildAsync(List<string> errors)
    {
        errors.AddRange(files.Problems);
        var options = StitcherOptionsReader.Read(configuration, errors);
        var clusters = await ReverseProxyRules.CheckAsync(proxyConfigs, proxyValidator, configuration, errors, environment.EnvironmentName);
        var context = new ConfigurationContext(configuration, environment.EnvironmentName, clusters, routeConstraints)
        {
            SessionCookies = await sessions.NamesAsync(),
            OwnsSessions = await sessions.AreOwnAsync(),
        };
        StitcherOptionsRules.Check(options, context, errors);
        if (IsLoaded)
        {
            StartOnlyRules.Check(options, Current.Options, configuration, errors);
        }

        if (errors.Count == 0)
        {
            if (!IsLoaded)
            {
                // The first pages may be asked for before any service was looked at.
                ExpectManifests(options);
                intake.Restore(SourcesOf(options));
            }

            return planner.Plan(options, environment.ContentRootPath, federation.Current, errors);
        }

        // The layouts are judged all the same where the options let them be, so that one start tells everything.
        planner.Plan(PlannableOptions.Of(options), environment.ContentRootPath, federation.Current, errors);
        return PageCatalog.Empty;
    }

    private bool TakeProxyConfigs()
    {
        var anyIsNew = false;
        foreach (var held in proxyConfigs.OfType<HeldProxyConfig>())
        {
            anyIsNew |= held.Take();
        }

        return anyIsNew;
    }

    private void Install(PageCatalog catalog)
    {
        ExpectManifests(catalog.Options);
        Volatile.Write(ref _current, catalog);
        poller.Watch(SourcesOf(catalog.Options), catalog.Options.Federation);
        Changed?.Invoke();
    }

    /// <summary>Where a service's manifest is; null when it has none.</summary>
    public ManifestSource? SourceOf(string service) => SourcesOf(Current.Options).FirstOrDefault(source => source.Service == service);

    private void ExpectManifests(StitcherOptions options) =>
        federation.Expect(options.Services.Where(s => s.Manifest is not null).Select(s => s.Name), FederationTerms.From(options));

    private static IEnumerable<ManifestSource> SourcesOf(StitcherOptions options) => options.Services
        .Where(s => s.Manifest is not null)
        .Select(s => new ManifestSource(s.Name, s.Cluster ?? s.Name, s.Manifest!, string.Join(' ', s.Assets)));
}
