using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Planning;
using Stitcher.Writing;

namespace Stitcher;

/// <summary>What stands around the whole app, whatever it maps: who the client is, how much it may ask for, and that connections end when the gateway goes.</summary>
internal sealed class Edge(CatalogState catalog, ManagementPort management, Draining draining, StitcherMetrics metrics) : IStartupFilter, IDisposable
{
    private ClientLimiter? _limiter;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var options = catalog.Current.Options;
        if (options.KnownProxies.Count > 0)
        {
            app.UseForwardedHeaders(Believing(options.KnownProxies));
        }

        app.Use(CloseWhileDraining);
        if (options.RateLimit.Requests > 0)
        {
            _limiter = new ClientLimiter(options.RateLimit);
            app.Use(Limit);
        }

        next(app);
    };

    public void Dispose() => _limiter?.Dispose();

    // The host's name is not taken over: a proxy hands on the one it was asked for, or the hosts that are allowed would mean nothing.
    private static ForwardedHeadersOptions Believing(IEnumerable<string> proxies)
    {
        var headers = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in proxies.Select(EdgeRules.Network))
        {
            headers.KnownIPNetworks.Add(network!.Value);
        }

        return headers;
    }

    // A client that keeps its connection would find it cut in the middle of its next request.
    private Task CloseWhileDraining(HttpContext context, RequestDelegate next)
    {
        if (draining.HasBegun)
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }

        return next(context);
    }

    private Task Limit(HttpContext context, RequestDelegate next)
    {
        if (management.Took(context.Connection) || _limiter!.SecondsToWait(context) is not { } seconds)
        {
            return next(context);
        }

        metrics.RequestRefused("rate");
        return BusyPage.TooMany.SendAsync(context, seconds);
    }
}
