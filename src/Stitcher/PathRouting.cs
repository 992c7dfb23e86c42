using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Stitcher;

/// <summary>
/// Asks the app's own routing where a path leads, without going there: precedence, constraints, the host's other endpoints and the
/// operators' own policies count as they do for a browser.
/// </summary>
internal sealed class PathRouting(IServiceProvider services)
{
    // Made when first asked for: only then are all endpoints mapped.
    private readonly Lazy<RequestDelegate> _routing = new(() => Build(services));

    /// <summary>A GET request for the target, routed: its endpoint and route values are set, nothing else is in it.</summary>
    /// <param name="target">A path, with a query if wanted.</param>
    /// <param name="token">Fires when nobody waits any more.</param>
    public async Task<HttpContext> RouteAsync(Uri target, CancellationToken token)
    {
        var context = new DefaultHttpContext { RequestServices = services, RequestAborted = token };
        context.Request.Method = HttpMethods.Get;
        context.Request.Scheme = Uri.UriSchemeHttp;
        context.Request.Host = HostString.FromUriComponent(target);
        context.Request.Path = PathString.FromUriComponent(target);
        context.Request.QueryString = QueryString.FromUriComponent(target);
        await _routing.Value(context);
        return context;
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.Use(static (HttpContext _, RequestDelegate _) => Task.CompletedTask);
        app.UseEndpoints(routes =>
        {
            // They are the app's already; naming them again maps nothing twice.
            foreach (var source in services.GetRequiredService<EndpointDataSource>() is CompositeEndpointDataSource all ? all.DataSources : [])
            {
                routes.DataSources.Add(source);
            }
        });
        return app.Build();
    }
}
