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
    private ClientLimiter? _requests;
    private ClientLimiter? _forms;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var options = catalog.Current.Options;
        if (options.KnownProxies.Count > 0)
        {
            app.UseForwardedHeaders(Believing(options.KnownProxies));
        }

        app.Use(CloseWhileDraining);
        (_requests, _forms) = (LimiterOf(options.RateLimit.Requests, options.RateLimit.Window), LimiterOf(options.RateLimit.Forms, options.RateLimit.Window));
        if ((_requests ?? _forms) is not null)
        {
            app.Use(Limit);
        }

        next(app);
    };

    public void Dispose()
    {
        _requests?.Dispose();
        _forms?.Dispose();
    }

    private static ClientLimiter? LimiterOf(int most, TimeSpan window) => most > 0 ? new ClientLimiter(most, window) : null;

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

    private Task Limit(HttpContext context, RequestDelegate next) =>
        management.Took(context.Connection) ? next(context)
        : _requests?.SecondsToWait(context) is { } seconds ? RefuseAsync(context, "rate", seconds)
        : FormOrigin.MayChange(context.Request) && _forms?.SecondsToWait(context) is { } pause ? RefuseAsync(context, "forms", pause)
        : next(context);

    private Task RefuseAsync(HttpContext context, string reason, int seconds)
    {
        metrics.RequestRefused(reason);
        return BusyPage.TooMany.SendAsync(context, seconds);
    }
}
