using System.Collections.Immutable;
using Stitcher.Configuration;
using Stitcher.Manifests;
using Stitcher.Planning;
using Stitcher.Upstream;

namespace Stitcher.Explaining;

/// <summary>Lists all pages and services as they are now.</summary>
internal sealed class GatewayExplainer(CatalogState catalog, FederationState federation, ServiceDestinations destinations)
{
    /// <param name="examples">Paths that lead to the pages, by name.</param>
    /// <param name="path">A path that has no page.</param>
    /// <param name="problem">Why it has none.</param>
    public GatewayOverview Explain(IReadOnlyDictionary<string, string> examples, string? path = null, string? problem = null)
    {
        var current = catalog.Current;
        return new GatewayOverview(
            path,
            problem,
            catalog.LastRefusal,
            [.. current.Options.Pages.Select(page => Summarize(page, current, examples.GetValueOrDefault(page.Name)))],
            [.. current.Services.Values.OrderBy(s => s.Name, StringComparer.Ordinal).Select(Summarize)]);
    }

    private static PageSummary Summarize(PageOptions page, PageCatalog current, string? example) => new(
        page.Name,
        page.Route,
        page.Layout,
        page.Delivery.ToString(),
        page.Deadline.TotalMilliseconds,
        current.Pages.FirstOrDefault(p => p.Name == page.Name)?.Slots.Length ?? 0,
        example);

    private ServiceSummary Summarize(ServicePlan service)
    {
        var manifest = federation.Current.Manifests.GetValueOrDefault(service.Name);
        ImmutableArray<DestinationSummary> all = [.. destinations.All(service.Cluster).Select(d => new DestinationSummary(d.Name, d.Address, d.IsAvailable, d.OutUntil))];
        var available = all.Count(d => d.Available);
        return new ServiceSummary(
            service.Name,
            service.Cluster,
            service.Trust.ToString(),
            !service.HasManifest ? "none" : manifest is null ? "not read yet" : "read",
            manifest?.Revision,
            manifest?.BuiltAt,
            [
                .. service.Paths.Keys
                    .Concat(manifest?.Exposes.Where(e => e.Fragment is not null).Select(e => e.Name) ?? [])
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ],
            available == 0 ? "unavailable" : !service.Client.IsAnswering ? "not answering" : available < all.Length ? "partly available" : "available",
            service.Client.Circuit.Name,
            service.Client.Circuit.OpenUntil,
            service.Client.InFlight,
            service.Client.Concurrency,
            all);
    }
}
