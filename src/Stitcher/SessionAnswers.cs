using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Federation;
using Stitcher.Planning;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Stitcher;

/// <summary>
/// Takes <c>Stitcher-Session</c> out of every answer of a plain route before a browser sees it, and makes or ends the session when the service may
/// sign users in, the request was a form, and it was taken.
/// </summary>
internal sealed class SessionAnswers(IServiceProvider services, SessionCookies sessions, ILogger<SessionAnswers> logger) : ITransformProvider
{
    // Made with the catalog, neither could be made first: it asks the reverse proxy whether its routes are right.
    private readonly Lazy<CatalogState> _catalog = new(services.GetRequiredService<CatalogState>);
    private readonly Lazy<SessionMaker> _maker = new(services.GetRequiredService<SessionMaker>);

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        context.ResponseTransforms.Insert(0, new Taking(_catalog, _maker, sessions, context.Route.RouteId, context.Route.ClusterId, logger));
        context.ResponseTrailersTransforms.Insert(0, new Trailers());
    }

    private sealed class Taking(
        Lazy<CatalogState> catalog, Lazy<SessionMaker> maker, SessionCookies sessions, string route, string? cluster, ILogger logger) : ResponseTransform
    {
        private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

        private IReadOnlyCollection<string>? _sessions;

        public override async ValueTask ApplyAsync(ResponseTransformContext context)
        {
            if (context.ProxyResponse?.Headers.NonValidated.TryGetValues(HeaderNames.SetCookie, out var cookies) == true)
            {
                KeepSessions(context.HttpContext.Response.Headers, cookies, _sessions ??= await sessions.NamesAsync());
            }

            if (context.ProxyResponse?.Headers.NonValidated.TryGetValues(FragmentHeaders.Session, out var values) != true)
            {
                return;
            }

            var http = context.HttpContext;
            http.Response.Headers.Remove(FragmentHeaders.Session);
            var services = catalog.Value.Current.Services.Values.Where(service => string.Equals(service.Cluster, cluster, StringComparison.OrdinalIgnoreCase)).ToArray();
            var who = services.FirstOrDefault(service => service.SignsIn) ?? services.FirstOrDefault();
            if (Statement(http, who, values.Count == 1 ? values.ToString() : null, out var complaint) is { } statement)
            {
                logger.SessionChanged(route, who!.Name, await maker.Value.ApplyAsync(http, statement));
            }
            else if (_told.TryAdd(complaint, true))
            {
                // Once, for a service that is wrong about this is wrong each time.
                logger.SessionRefused(route, who?.Name ?? cluster ?? "", complaint);
            }
        }

        // Nobody but the gateway sets it: what is really a session's cookie may be somebody else's session. One without a name is sent back by browsers as its
        // bare value, which then reads as a name and a value.
        private static void KeepSessions(IHeaderDictionary headers, HeaderStringValues cookies, IReadOnlyCollection<string> sessions)
        {
            foreach (var line in cookies)
            {
                var pair = line.AsSpan().TrimStart(" \t=");
                if (SessionCookies.Contain(pair[..Math.Max(pair.IndexOf('='), 0)].Trim(), sessions))
                {
                    headers.SetCookie = new StringValues([.. headers.SetCookie.Where(other => other != line)]);
                }
            }
        }

        private SessionStatement? Statement(HttpContext context, ServicePlan? service, string? value, out string complaint)
        {
            SessionStatement? statement = null;
            var problem = service is not { SignsIn: true } ? $"it may not sign users in ({nameof(ServiceOptions.SignsIn)} of the service allows it)"
                : !IsForm(context.Request.Method) ? "only the answer to a form may make one"
                : context.Response.StatusCode >= StatusCodes.Status400BadRequest ? $"its answer has the status {context.Response.StatusCode}"
                : value is null ? $"its answer has {FragmentHeaders.Session} more than once"
                : null;
            if (problem is null)
            {
                statement = SessionStatement.Read(value!, catalog.Value.Current.Options.Identity, out problem);
            }

            complaint = problem ?? "";
            return statement;
        }

        private static bool IsForm(string method) =>
            HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method);
    }

    private sealed class Trailers : ResponseTrailersTransform
    {
        public override ValueTask ApplyAsync(ResponseTrailersTransformContext context)
        {
            context.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()?.Trailers.Remove(FragmentHeaders.Session);
            return default;
        }
    }
}
