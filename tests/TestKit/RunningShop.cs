using System.Text.Json;
using System.Text.RegularExpressions;

namespace Stitcher.TestKit;

/// <summary>The whole shop: four services and the gateway, each a process of its own, for tests that look at pages or end some of what they are made of.</summary>
/// <remarks>The tests' project must refer to <c>deploy/local</c>, so that all five are built with it.</remarks>
public sealed partial class RunningShop : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, ServiceProcess> _services = [];
    private readonly string _purgeToken = Guid.NewGuid().ToString("N");
    private ServiceProcess? _gateway;

    private RunningShop()
    {
    }

    /// <summary>How long a whole page may take to come back: a circuit that opened meanwhile rests for up to a minute.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(90);

    /// <summary>The services' names, and where their projects are.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } = new Dictionary<string, string>
    {
        ["products"] = "fragments/ProductService",
        ["users"] = "fragments/UserService",
        ["orders"] = "fragments/OrderService",
        ["analytics"] = "fragments/AnalyticsService",
    };

    /// <summary>Settings of a gateway that asks a service which was gone again after a second. Its own rests grow to a minute, and tests that bring services
    /// back would wait for them.</summary>
    public static IReadOnlyDictionary<string, string> ShortRests { get; } = Projects.Keys.Index()
        .SelectMany(static service => new[] { "FirstBreak", "LongestBreak" }.Select(rest => $"Stitcher__Services__{service.Index}__Resilience__Circuit__{rest}"))
        .ToDictionary(static setting => setting, static _ => "00:00:01");

    /// <summary>A running service by its name.</summary>
    public ServiceProcess this[string service] => _services[service];

    /// <summary>The gateway.</summary>
    public ServiceProcess Gateway => _gateway ?? throw new InvalidOperationException("The gateway has not been started.");

    /// <summary>Asks the gateway's public address; follows no redirect, keeps no cookie.</summary>
    public HttpClient Client => Gateway.Client;

    /// <summary>The operators' listener.</summary>
    public Uri Management { get; } = new($"http://127.0.0.1:{FreePort.Take()}/");

    /// <summary>Starts all five and waits until the gateway knows what every service offers.</summary>
    /// <param name="settings">Settings of the gateway, as environment variables.</param>
    /// <param name="isPatient">Whether slots and refreshed fragments wait for a service that lives until it answers, as tests want it that look at what people
    /// do: a busy machine uses up the time that the layouts give. False for tests of that time itself.</param>
    public static async Task<RunningShop> StartAsync(IReadOnlyDictionary<string, string>? settings = null, bool isPatient = false)
    {
        var shop = new RunningShop();
        if (isPatient)
        {
            settings = shop.WithPatience(settings ?? new Dictionary<string, string>());
        }

        try
        {
            // Orders must be told where the products are. Those that are ended come back to where they were: at a port that the system gives to nobody meanwhile.
            await shop.StartServiceAsync("products", AnyUrl());
            await Task.WhenAll(Projects.Keys.Where(static name => name != "products").Select(name => shop.StartServiceAsync(name, AnyUrl())).ToArray());
            await shop.StartGatewayAsync(settings ?? new Dictionary<string, string>());
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends a service as an outage would (SIGKILL).</summary>
    public Task KillAsync(string service) => _services[service].KillAsync();

    /// <summary>Starts a service that was ended, on the port and with the database it had.</summary>
    public async Task StartAgainAsync(string service)
    {
        var address = _services[service].Address;
        await _services[service].DisposeAsync();
        await StartServiceAsync(service, address.GetLeftPart(UriPartial.Authority));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        foreach (var service in _services.Values)
        {
            await service.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>The settings, with the shop's layouts and pages as they are but for their times.</summary>
    private Dictionary<string, string> WithPatience(IReadOnlyDictionary<string, string> settings)
    {
        var gateway = Path.Combine(Repository.Root, "gateway");
        var (layouts, copies) = (Path.Combine(gateway, "layouts"), _folder.File("layouts"));
        foreach (var file in Directory.EnumerateFiles(layouts, "*.html", SearchOption.AllDirectories))
        {
            var copy = new FileInfo(Path.Combine(copies, Path.GetRelativePath(layouts, file)));
            copy.Directory!.Create();
            File.WriteAllText(copy.FullName, SlotTime().Replace(File.ReadAllText(file), "timeout=\"15s\""));
        }

        using var own = JsonDocument.Parse(File.ReadAllText(Path.Combine(gateway, "appsettings.json")));
        var patient = new Dictionary<string, string>(settings) { ["Stitcher__LayoutRoot"] = copies };
        for (var service = 0; service < Projects.Count; service++)
        {
            patient[$"Stitcher__Services__{service}__Resilience__OptionalTimeout"] = "15s";
            patient[$"Stitcher__Services__{service}__Resilience__DecidingTimeout"] = "15s";
        }

        for (var page = 0; page < own.RootElement.GetProperty("Stitcher").GetProperty("Pages").GetArrayLength(); page++)
        {
            patient[$"Stitcher__Pages__{page}__Deadline"] = "00:00:18";
        }

        return patient;
    }

    private static string AnyUrl() => $"http://127.0.0.1:{FreePort.Take()}";

    private async Task StartServiceAsync(string name, string url)
    {
        var environment = new Dictionary<string, string>
        {
            ["Database"] = _folder.File($"{name}.db"),
            ["Gateway__Purge__Address"] = Management.GetLeftPart(UriPartial.Authority),
            ["Gateway__Purge__Token"] = _purgeToken,

            // A busy machine may take its time; what was saved is seen at once all the same.
            ["Gateway__Purge__Patience"] = "00:00:10",
            ["Services__Patience"] = "00:00:10",
        };
        if (name != "products")
        {
            lock (_services)
            {
                environment["Services__Products"] = _services["products"].Address.ToString();
            }
        }

        var service = await ServiceProcess.StartAsync(Projects[name], environment, ["--urls", url]);
        lock (_services)
        {
            _services[name] = service;
        }
    }

    private async Task StartGatewayAsync(IReadOnlyDictionary<string, string> settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["Stitcher__Management__Url"] = Management.GetLeftPart(UriPartial.Authority),
            ["Stitcher__Management__Tokens__0__Name"] = "services",
            ["Stitcher__Management__Tokens__0__Token"] = _purgeToken,
            ["Stitcher__Management__Tokens__0__Services__0"] = "*",

            // On a machine that builds and tests at once, some hundred milliseconds may pass without a gateway or a service having run at all.
            ["Stitcher__Limits__ParseTime"] = "5s",
            ["Stitcher__Limits__ConnectTime"] = "5s",
            ["Stitcher__Limits__BetweenBytes"] = "0s",
        };
        foreach (var (name, service) in _services)
        {
            environment[$"ReverseProxy__Clusters__{name}__Destinations__one__Address"] = service.Address.ToString();
        }

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        _gateway = await ServiceProcess.StartAsync("gateway", environment);
        await Eventually.HoldsAsync(
            async () => await Client.GetStringAsync("/orders") is var page && Projects.Keys.All(name => page.Contains($"\"{name}/", StringComparison.Ordinal)),
            "the import map names a module of every service");
    }

    [GeneratedRegex(@"(?<=\s)timeout=""\d+ms""")]
    private static partial Regex SlotTime();
}
