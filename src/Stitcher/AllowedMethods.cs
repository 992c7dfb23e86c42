using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace Stitcher;

/// <summary>
/// Says which methods an address takes (RFC 9110, section 10.2.1): the pages' own and those of every route beside them. Routing itself says it only when
/// no route takes all methods, and then without those of the gateway's own.
/// </summary>
internal sealed class AllowedMethods(EndpointDataSource endpoints, ParameterPolicyFactory constraints)
{
    private static readonly string[] All = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    private Snapshot? _last;

    private sealed record Snapshot(IReadOnlyList<Endpoint> Endpoints, IReadOnlyList<Route> Routes);

    private sealed record Route(TemplateMatcher Path, IReadOnlyList<(string Name, IRouteConstraint Rule)> Constraints, IReadOnlyList<string> Methods);

    public string At(HttpContext context)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal) { "OPTIONS" };
        foreach (var route in Routes())
        {
            var values = new RouteValueDictionary();
            if (route.Path.TryMatch(context.Request.Path, values)
                && route.Constraints.All(c => c.Rule.Match(context, null, c.Name, values, RouteDirection.IncomingRequest)))
            {
                methods.UnionWith(route.Methods);
            }
        }

        return string.Join(", ", methods.Except(["TRACE", "CONNECT"]));
    }

    // Templates are taken apart once for as long as the routes stay.
    private IReadOnlyList<Route> Routes()
    {
        var current = endpoints.Endpoints;
        var last = _last;
        if (!ReferenceEquals(last?.Endpoints, current))
        {
            _last = last = new Snapshot(current, [.. current.OfType<RouteEndpoint>().Where(CountsHere).Select(Describe)]);
        }

        return last!.Routes;
    }

    private static bool CountsHere(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageMethods>() is null && endpoint.Metadata.GetMetadata<ManagementEndpointMetadata>() is null
        && endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>() is not { SuppressMatching: true };

    private Route Describe(RouteEndpoint endpoint) => new(
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), new RouteValueDictionary(endpoint.RoutePattern.Defaults)),
        [.. endpoint.RoutePattern.Parameters.SelectMany(ConstraintsOf)],
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } only ? only.HttpMethods : All);

    private IEnumerable<(string Name, IRouteConstraint Rule)> ConstraintsOf(RoutePatternParameterPart parameter) =>
        parameter.ParameterPolicies
            .Select(policy => constraints.Create(parameter, policy))
            .OfType<IRouteConstraint>()
            .Select(rule => (parameter.Name, rule));
}
