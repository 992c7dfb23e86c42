using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stitcher;
using Stitcher.Browser;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Stitcher.Planning;
using Yarp.ReverseProxy.Configuration;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps Stitcher into an app.</summary>
public static class StitcherEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every page, the services' assets (<c>/_s/…</c>), the fragments that browsers may ask for (<c>/_f/…</c>), the gateway's own browser modules (<c>/_stitcher/…</c>) and, on the management listener only, <c>/health/live</c>,
    /// <c>/health/ready</c>, <c>/_stitcher/plan</c>, <c>/_stitcher/federation</c>, <c>/_stitcher/purge</c> and <c>/_stitcher/manifests/…</c>. Reads and checks the whole configuration and all layouts first.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <returns>The same app; map the reverse proxy next.</returns>
    /// <exception cref="StitcherConfigurationException">Anything in configuration or layouts is wrong; holds every error.</exception>
    public static IEndpointRouteBuilder MapStitcher(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;

        if (services.GetService<IConfigValidator>() is null)
        {
            throw new StitcherConfigurationException(
                ["the reverse proxy is missing: call builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection(\"ReverseProxy\")) in Program.cs"]);
        }

        // Before the host runs there is no thread to keep free; the reverse proxy loads its part in the same way.
        services.GetRequiredService<CatalogState>().LoadAsync().GetAwaiter().GetResult();
        services.GetRequiredService<ParserWarmUp>().Run();
        endpoints.DataSources.Add(services.GetRequiredService<PageEndpointDataSource>());
        endpoints.MapMethods(AssetEndpoint.Route, ["GET", "HEAD"], services.GetRequiredService<AssetEndpoint>().InvokeAsync).WithDisplayName("Assets of services");
        endpoints.MapMethods(LoneFragmentEndpoint.Route, ["GET", "HEAD"], services.GetRequiredService<LoneFragmentEndpoint>().InvokeAsync).WithDisplayName("Fragments for browsers");
        foreach (var module in RuntimeModules.All)
        {
            endpoints.MapMethods(RuntimeEndpoint.RouteOf(module), ["GET", "HEAD"], (HttpContext context) => RuntimeEndpoint.InvokeAsync(context, module)).WithDisplayName($"Browser module {module.Specifier}");
        }

        var management = new ManagementEndpointMetadata();
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false }).WithMetadata(management);
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(ReadyCheck.Tag) }).WithMetadata(management);
        endpoints.MapGet(PlanEndpoint.Route, services.GetRequiredService<PlanEndpoint>().InvokeAsync).WithMetadata(management).WithDisplayName("Plan of a page");
        endpoints.MapGet(FederationEndpoint.Route, services.GetRequiredService<FederationEndpoint>().InvokeAsync).WithMetadata(management).WithDisplayName("The federation");
        endpoints.MapPost(PurgeEndpoint.Route, services.GetRequiredService<PurgeEndpoint>().InvokeAsync).WithMetadata(management).WithDisplayName("Purge of remembered fragments");
        endpoints.MapPost(ManifestPushEndpoint.Route, services.GetRequiredService<ManifestPushEndpoint>().InvokeAsync).WithMetadata(management).WithDisplayName("Manifests from builds");
        return endpoints;
    }
}
