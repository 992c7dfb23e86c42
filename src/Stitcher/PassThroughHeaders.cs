using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Stitcher.Diagnostics;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Stitcher;

/// <summary>
/// Keeps from browsers what a service behind a plain route says about the whole site: all services share one origin, and one of them must not speak
/// for the others. A route's metadata <c>Stitcher.AllowHeaders</c> names what it may say all the same.
/// </summary>
internal sealed class PassThroughHeaders(ILogger<PassThroughHeaders> logger) : ITransformProvider
{
    public const string AllowKey = "Stitcher.AllowHeaders";

    private static readonly FrozenSet<string> Denied = new[]
    {
        "Content-Security-Policy", "Content-Security-Policy-Report-Only", "Strict-Transport-Security", "Clear-Site-Data", "Refresh", "Service-Worker-Allowed",
        "Permissions-Policy", "Report-To", "Reporting-Endpoints", "NEL", "Alt-Svc", "SourceMap", "X-SourceMap", "X-Sendfile", "Server", "X-Powered-By",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] DeniedFamilies = ["Access-Control-", "X-Accel-"];

    public void ValidateRoute(TransformRouteValidationContext context)
    {
        foreach (var name in Allowed(context.Route.Metadata).Where(name => !IsDenied(name)))
        {
            context.Errors.Add(new ArgumentException(
                $"the metadata {AllowKey} names '{name}', which is not kept from browsers anyway; expected some of {string.Join(", ", Denied.Order(StringComparer.Ordinal))}, {string.Join(", ", DeniedFamilies.Select(f => f + "*"))}"));
        }
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    // Before the route's own transforms, so that what the operator sets there stays.
    public void Apply(TransformBuilderContext context) =>
        context.ResponseTransforms.Insert(0, new Removal(context.Route.RouteId, Allowed(context.Route.Metadata), logger));

    private static string[] Allowed(IReadOnlyDictionary<string, string>? metadata) =>
        metadata?.FirstOrDefault(entry => entry.Key.Equals(AllowKey, StringComparison.OrdinalIgnoreCase)).Value
            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static bool IsDenied(string name) =>
        Denied.Contains(name) || Array.Exists(DeniedFamilies, family => name.StartsWith(family, StringComparison.OrdinalIgnoreCase));

    private sealed class Removal(string route, string[] allowed, ILogger logger) : ResponseTransform
    {
        private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.OrdinalIgnoreCase);

        public override ValueTask ApplyAsync(ResponseTransformContext context)
        {
            foreach (var header in context.ProxyResponse?.Headers.NonValidated ?? default)
            {
                if (IsDenied(header.Key) && !IsAllowed(header.Key))
                {
                    Remove(context, header.Key, header.Value.Count);
                }
            }

            return default;
        }

        private bool IsAllowed(string name) => Array.Exists(
            allowed,
            one => one.EndsWith('*') ? name.StartsWith(one[..^1], StringComparison.OrdinalIgnoreCase) : name.Equals(one, StringComparison.OrdinalIgnoreCase));

        // What the host itself had set stands before what was copied from the service.
        private void Remove(ResponseTransformContext context, string name, int count)
        {
            var headers = context.HttpContext.Response.Headers;
            var values = headers[name];

            // The one header that the proxy does not copy when the host has set it.
            if (name.Equals(HeaderNames.StrictTransportSecurity, StringComparison.OrdinalIgnoreCase) && values.Count > 0 && !values.Equals(FromService(context, name)))
            {
                return;
            }

            headers[name] = values.Count > count ? new StringValues(values.ToArray()[..^count]) : StringValues.Empty;
            if (_told.TryAdd(name, true))
            {
                logger.HeaderKeptBack(route, name, AllowKey);
            }
        }

        private static StringValues FromService(ResponseTransformContext context, string name) =>
            context.ProxyResponse!.Headers.NonValidated.TryGetValues(name, out var values) ? new StringValues([.. values]) : StringValues.Empty;
    }
}
