using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Federation;
using Stitcher.Planning;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Stitcher;

/// <summary>
/// Makes what a service learns by a plain route of the reverse proxy as trustworthy as what it learns with a fragment: whatever looks like the gateway's
/// own word is taken out of the browser's request, the session stays here, and a service that is told who asks is told it here, too.
/// </summary>
internal sealed class PassThroughRequests(IServiceProvider services, SessionCookies sessions) : ITransformProvider
{
    // The catalog asks the reverse proxy whether its routes are right, and the reverse proxy asks this: made with the catalog, neither could be made first.
    private readonly Lazy<CatalogState> _catalog = new(services.GetRequiredService<CatalogState>);

    private static readonly FrozenSet<string> Foreign = new[]
    {
        "Forwarded", "X-Real-IP", "X-Original-URL", "X-Original-Host", "X-Rewrite-URL", "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override",
        FragmentHeaders.RequestId,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    // Before the route's own transforms, so that what the operator sets there stays.
    public void Apply(TransformBuilderContext context) =>
        context.RequestTransforms.Insert(0, new Cleaning(_catalog, sessions, context.Route.ClusterId));

    private sealed class Cleaning(Lazy<CatalogState> catalog, SessionCookies sessions, string? cluster) : RequestTransform
    {
        private IReadOnlyCollection<string>? _sessions;

        public override async ValueTask ApplyAsync(RequestTransformContext context)
        {
            var request = context.HttpContext.Request;
            foreach (var header in request.Headers)
            {
                if (IsForeign(header.Key))
                {
                    context.ProxyRequest.Headers.Remove(header.Key);
                }
            }

            KeepSessions(context, request, _sessions ??= await sessions.NamesAsync());
            context.ProxyRequest.Headers.TryAddWithoutValidation(FragmentHeaders.RequestId, RequestId.Of(context.HttpContext).ToString());
            if (TokenFor(context.HttpContext) is { } token)
            {
                context.ProxyRequest.Headers.TryAddWithoutValidation(FragmentHeaders.Identity, token);
            }
        }

        // Many servers read X_User as X-User, which whoever takes X-User out does not see.
        private static bool IsForeign(string name) =>
            name.StartsWith("Stitcher-", StringComparison.OrdinalIgnoreCase) || name.Contains('_', StringComparison.Ordinal) || Foreign.Contains(name);

        private static void KeepSessions(RequestTransformContext context, HttpRequest request, IReadOnlyCollection<string> sessions)
        {
            if (sessions.Count == 0 || request.Headers.Cookie is not { Count: > 0 } lines)
            {
                return;
            }

            var others = string.Join("; ", lines
                .SelectMany(static line => (line ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Where(pair => !SessionCookies.Contain(pair.AsSpan(0, Math.Max(pair.IndexOf('=', StringComparison.Ordinal), 0)).Trim(), sessions)));
            context.ProxyRequest.Headers.Remove(HeaderNames.Cookie);
            if (others.Length > 0)
            {
                context.ProxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Cookie, others);
            }
        }

        private string? TokenFor(HttpContext context)
        {
            var current = catalog.Value.Current;
            if (current.Visitors is not { } visitors)
            {
                return null;
            }

            foreach (var service in current.Services.Values)
            {
                if (service.Identity is { } identity && string.Equals(service.Cluster, cluster, StringComparison.OrdinalIgnoreCase))
                {
                    return visitors.Read(context.User) is { } visitor ? identity.TokenFor(visitor) : null;
                }
            }

            return null;
        }
    }
}
