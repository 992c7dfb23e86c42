using Stitcher.Chaos.Services;

namespace Stitcher.Chaos.Processes;

/// <summary>All processes of a run: two instances of each service, and the gateway before them.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly GatewayFolder _folder = new();
    private readonly FleetOptions _options;
    private readonly DistantNetwork? _network;
    private readonly List<Instance> _instances = [];
    private readonly List<RunningGateway> _gateways = [];
    private int _turn;

    private Fleet(FleetOptions options)
    {
        _options = options;
        _network = options.Distant is null ? null : DistantNetwork.Open();
        foreach (var service in ServiceNames.All)
        {
            var isDistant = service == options.Distant;
            _instances.AddRange(ServiceNames.Instances.Select(_ => new Instance(
                service, isDistant ? DistantNetwork.FarAddress : "127.0.0.1", options.TakePort(), isDistant ? _network!.Name : null)));
        }
    }

    /// <summary>All instances.</summary>
    public IReadOnlyList<Instance> Instances => _instances;

    /// <summary>The gateways that were started, the newest last.</summary>
    public IReadOnlyList<RunningGateway> Gateways => _gateways;

    /// <summary>The newest gateway.</summary>
    public RunningGateway Gateway => _gateways[^1];

    /// <summary>The network behind which a service stands.</summary>
    public DistantNetwork Network => _network ?? throw new InvalidOperationException("No service of this run stands behind a network of its own.");

    /// <summary>Starts everything.</summary>
    public static async Task<Fleet> StartAsync(FleetOptions options)
    {
        var fleet = new Fleet(options);
        try
        {
            fleet._folder.WriteLayouts(options.PrimaryTime, options.OtherLayouts);
            fleet._folder.WriteSettings(fleet.Addresses(), options.Deadline);
            await Task.WhenAll(fleet._instances.Select(instance => instance.StartAsync()));
            await fleet.StartGatewayAsync();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more gateway on the same settings.</summary>
    public async Task StartGatewayAsync()
    {
        var gateway = await RunningGateway.StartAsync(_folder.Path, _options);
        lock (_gateways)
        {
            _gateways.Add(gateway);
        }
    }

    /// <summary>The gateway that the next page goes to: those in rotation take turns.</summary>
    public Uri NextGateway()
    {
        lock (_gateways)
        {
            var ready = _gateways.Where(gateway => gateway.IsInRotation).ToList();
            return ready.Count == 0 ? Gateway.Address : ready[_turn++ % ready.Count].Address;
        }
    }

    /// <summary>An instance.</summary>
    public Instance Of(string service, string name) =>
        _instances.Where(instance => instance.Service == service).ElementAt(ServiceNames.Instances.ToList().IndexOf(name));

    /// <summary>Does something with all instances of these services at once.</summary>
    public Task EachAsync(IEnumerable<string> services, Func<Instance, Task> action) =>
        Task.WhenAll(_instances.Where(instance => services.Contains(instance.Service)).Select(action));

    /// <summary>Sends the gateway to other hosts for a service; null for where it is.</summary>
    public void Redirect(string service, string? host)
    {
        var addresses = Addresses();
        if (host is not null)
        {
            addresses[service] = [.. addresses[service].Select(address => new UriBuilder(address) { Host = host }.Uri.AbsoluteUri)];
        }

        _folder.WriteSettings(addresses, _options.Deadline);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        _network?.Dispose();
        _folder.Dispose();
    }

    private Dictionary<string, IReadOnlyList<string>> Addresses() => _instances
        .GroupBy(instance => instance.Service)
        .ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group.Select(instance => instance.Address)]);
}
