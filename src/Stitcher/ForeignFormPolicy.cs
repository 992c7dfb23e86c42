using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Planning;
using Yarp.ReverseProxy.Model;

namespace Stitcher;

/// <summary>
/// Keeps forms of strangers' pages from pages and plain routes: a browser sends the session along with them. Such a request is refused before its body is read.
/// An operator lets single origins through for all (<c>Stitcher:FormOrigins</c>) or for a route (metadata <c>Stitcher.AllowOrigins</c>, <c>*</c> for all).
/// </summary>
internal sealed class ForeignFormPolicy(IServiceProvider services, StitcherMetrics metrics, TimeProvider time, ILogger<ForeignFormPolicy> logger) : MatcherPolicy, IEndpointSelectorPolicy
{
    public const string AllowKey = "Stitcher.AllowOrigins";

    private static readonly char[] Separators = [',', ' '];

    private readonly Seldom _warning = new(time);

    // Made with the routes, which the catalog asks about.
    private readonly Lazy<CatalogState> _catalog = new(() => (CatalogState)services.GetService(typeof(CatalogState))!);

    // Behind the one that puts the composing around a route.
    public override int Order => 1001;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(static endpoint => endpoint.Metadata.GetMetadata<RouteModel>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        if (!FormOrigin.MayChange(httpContext.Request))
        {
            return Task.CompletedTask;
        }

        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint.Metadata.GetMetadata<RouteModel>() is { } route
                && !FormOrigin.IsOurs(httpContext.Request, origin => IsAllowed(route, origin)))
            {
                candidates.ReplaceEndpoint(i, new Endpoint(RefuseAsync, EndpointMetadataCollection.Empty, "Form of another site"), candidates[i].Values);
            }
        }

        return Task.CompletedTask;
    }

    private bool IsAllowed(RouteModel route, string origin) =>
        _catalog.Value.Current.Options.FormOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (route.Config.Metadata?.FirstOrDefault(static entry => entry.Key.Equals(AllowKey, StringComparison.OrdinalIgnoreCase)).Value
            ?.Split(Separators, StringSplitOptions.RemoveEmptyEntries) is { } allowed
            && (allowed.Contains("*") || allowed.Contains(origin, StringComparer.OrdinalIgnoreCase)));

    private Task RefuseAsync(HttpContext context)
    {
        metrics.RequestRefused("origin");
        if (_warning.MaySay(out var unsaid))
        {
            logger.ForeignFormRefused(context.Request.Method, context.Request.Path, unsaid);
        }

        return PageEndpoint.RefuseAsync(context, StatusCodes.Status403Forbidden);
    }
}
