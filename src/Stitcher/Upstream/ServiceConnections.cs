using System.Reflection;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Stitcher.Upstream;

/// <summary>
/// Makes the reverse proxy's clients, for pages and for plain routes alike, with the limits that a page needs. What the app itself configures for its
/// clients comes behind and has the last word.
/// </summary>
internal sealed class ServiceConnections(LimitOptions limits, ServiceConnector connector, ForwarderHttpClientFactory? configured, ILogger<ForwarderHttpClientFactory> logger)
    : ForwarderHttpClientFactory(logger)
{
    // Both are for heirs of the class; the app's own factory is a sibling here, and its client cannot be changed once it is made.
    private static readonly Action<ForwarderHttpClientFactory, ForwarderHttpClientContext, SocketsHttpHandler> ConfigureAs =
        Inherited(nameof(ConfigureHandler)).CreateDelegate<Action<ForwarderHttpClientFactory, ForwarderHttpClientContext, SocketsHttpHandler>>();

    private static readonly Func<ForwarderHttpClientFactory, ForwarderHttpClientContext, HttpMessageHandler, HttpMessageHandler> WrapAs =
        Inherited(nameof(WrapHandler)).CreateDelegate<Func<ForwarderHttpClientFactory, ForwarderHttpClientContext, HttpMessageHandler, HttpMessageHandler>>();

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = limits.ConnectTime;
        handler.PooledConnectionLifetime = limits.ConnectionLifetime;
        handler.PooledConnectionIdleTimeout = limits.ConnectionIdle;
        handler.MaxResponseHeadersLength = (limits.ResponseHeaderBytes + 1023) / 1024;
        handler.ConnectCallback = connector.ConnectAsync;
        if (configured is not null)
        {
            ConfigureAs(configured, context, handler);
        }
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler)
    {
        // Without a propagator services are told of no trace; that is the app's to decide.
        var tracing = handler is SocketsHttpHandler { ActivityHeadersPropagator: { } propagator } ? new TraceHeaders(handler, propagator) : handler;
        return configured is null ? base.WrapHandler(context, tracing) : WrapAs(configured, context, tracing);
    }

    private static MethodInfo Inherited(string name) =>
        typeof(ForwarderHttpClientFactory).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMethodException(nameof(ForwarderHttpClientFactory), name);
}
