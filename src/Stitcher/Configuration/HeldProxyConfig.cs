using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace Stitcher.Configuration;

/// <summary>
/// Stands between a source of routes and clusters and the reverse proxy. The reverse proxy would take every change at once, also one whose other half – a
/// page, a service – is refused, and an empty section where a settings file cannot be read. Here a change waits until the whole snapshot was judged.
/// </summary>
internal sealed class HeldProxyConfig(IProxyConfigProvider source) : IProxyConfigProvider, IDisposable
{
    private Held? _inForce;
    private IProxyConfig? _offered;

    /// <summary>What the source says now; it is in force when <see cref="Take"/> is called.</summary>
    public IProxyConfig Offer() => _offered = source.GetConfig();

    /// <summary>Puts what was offered last in force, if it is new.</summary>
    /// <returns>Whether it is.</returns>
    public bool Take()
    {
        var before = _inForce;
        if (_offered is null || ReferenceEquals(before?.Config, _offered))
        {
            return false;
        }

        Volatile.Write(ref _inForce, new Held(_offered));
        before?.Replaced();
        return before is not null;
    }

    public IProxyConfig GetConfig() => Volatile.Read(ref _inForce) ?? (_inForce = new Held(Offer()));

    /// <summary>Fires when the source has something new to offer.</summary>
    public IChangeToken GetChangeToken() => source.GetConfig().ChangeToken;

    public void Dispose()
    {
        (source as IDisposable)?.Dispose();
        _inForce?.Dispose();
    }

    private sealed class Held : IProxyConfig, IDisposable
    {
        private readonly CancellationTokenSource _over = new();

        public Held(IProxyConfig config)
        {
            Config = config;
            ChangeToken = new CancellationChangeToken(_over.Token);
        }

        public IProxyConfig Config { get; }

        public IReadOnlyList<RouteConfig> Routes => Config.Routes;

        public IReadOnlyList<ClusterConfig> Clusters => Config.Clusters;

        public IChangeToken ChangeToken { get; }

        public void Replaced() => _over.Cancel();

        public void Dispose() => _over.Dispose();
    }
}
