using Stitcher.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(Stitcher.Shop.Tests.ShopServices))]

namespace Stitcher.Shop.Tests;

/// <summary>The four services, each with a fresh database, for tests that only ask them.</summary>
public sealed class ShopServices : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, ServiceProcess> _services = [];

    /// <summary>The services' names, and where their projects are.</summary>
    public static IReadOnlyDictionary<string, string> Projects => RunningShop.Projects;

    /// <summary>A running service by its name.</summary>
    public ServiceProcess this[string name] => _services[name];

    /// <summary>The database file of a running service. Tests that change it start a copy of their own.</summary>
    public string DatabaseOf(string name) => _folder.File($"{name}.db");

    /// <summary>Starts a copy of a service with a database of its own.</summary>
    /// <param name="name">The service.</param>
    /// <param name="database">Its database's file.</param>
    /// <param name="settings">Settings besides, as variables.</param>
    public static Task<ServiceProcess> StartAsync(string name, string database, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var environment = new Dictionary<string, string> { ["Database"] = database };
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        return ServiceProcess.StartAsync(Projects[name], environment);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // Orders must be told where the products are.
        _services["products"] = await StartAsync("products", DatabaseOf("products"));
        var products = ("Services__Products", _services["products"].Address.ToString());
        foreach (var (name, starting) in Projects.Keys.Where(static name => name != "products").Select(name => (name, StartAsync(name, DatabaseOf(name), products))).ToArray())
        {
            _services[name] = await starting;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.Values)
        {
            await service.DisposeAsync();
        }

        _folder.Dispose();
    }
}
