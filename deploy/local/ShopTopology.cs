using System.Security.Cryptography;

namespace Stitcher.Local;

/// <summary>Who runs where: the four services and the gateway, their ports and what each must know of the others.</summary>
internal sealed class ShopTopology
{
    /// <summary>Ports in use: the base port and this many after it.</summary>
    public const int LastPortOffset = 5;

    /// <summary>What the gateway's second listener is called.</summary>
    public const string ManagementName = "management";

    private const int ProductsOffset = 2;

    /// <summary>Where orders asks for prices and stock; the others do not read it.</summary>
    private const string ProductsKey = "Services__Products";

    private const string IdentityKey = "STITCHER_IDENTITY_KEY";
    private const int ManagementOffset = 1;
    private const int KeyBytes = 32;

    private readonly BuildOutput _build;
    private readonly int _basePort;

    // By which the services know the gateway's word on who asks; another one at each start, and known to nobody else.
    private readonly string _identityKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    // By which the gateway knows a service that has it forget what has changed.
    private readonly string _purgeToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));

    public ShopTopology(BuildOutput build, LocalOptions options)
    {
        _build = build;
        _basePort = options.BasePort;
        Services =
        [
            Service("products", "ProductService", ProductsOffset),
            Service("users", "UserService", 3),
            Service("orders", "OrderService", 4),
            Service("analytics", "AnalyticsService", 5),
        ];
        if (options.WithReviews)
        {
            Services = [.. Services, ReviewService.Plan(build.Root, _basePort, _basePort + ProductsOffset)];
        }

        Gateway = GatewayPlan(options.WithReviews ? ReviewService.Settings(build.Root) : []);
    }

    /// <summary>The services, in the order of their ports.</summary>
    public IReadOnlyList<ProcessPlan> Services { get; }

    /// <summary>The gateway; it is started when the services are ready, so that its first look at their manifests finds them.</summary>
    public ProcessPlan Gateway { get; }

    /// <summary>Everything that is started.</summary>
    public IEnumerable<ProcessPlan> All => Services.Append(Gateway);

    /// <summary>The gateway's management listener. The address is IPv4 as in the gateway's own default.</summary>
    public Uri Management => new($"http://127.0.0.1:{_basePort + ManagementOffset}");

    private ProcessPlan Service(string name, string project, int offset)
    {
        var port = _basePort + offset;
        return new ProcessPlan
        {
            Name = name,
            Folder = Path.Combine(_build.Root, "fragments", project),
            Assembly = _build.AssemblyOf(Path.Combine("fragments", project), project),
            Port = port,
            Ports = [port],
            ReadyAddress = new Uri($"http://localhost:{port}/.well-known/stitcher.json"),
            Environment = new Dictionary<string, string>(Database(name))
            {
                [IdentityKey] = _identityKey,
                [ProductsKey] = $"http://localhost:{_basePort + ProductsOffset}/",
                ["Gateway__Purge__Address"] = Management.GetLeftPart(UriPartial.Authority),
                ["Gateway__Purge__Token"] = _purgeToken,
            },
        };
    }

    /// <summary>The usual shop has the services' own choice of file; another one beside it must not write to the same.</summary>
    private Dictionary<string, string> Database(string name) =>
        _basePort == LocalOptions.DefaultBasePort ? [] : new() { ["Database"] = $"data/{_basePort}/{name}.db" };

    private ProcessPlan GatewayPlan(IReadOnlyDictionary<string, string> added)
    {
        var environment = new Dictionary<string, string>(added);
        foreach (var service in Services)
        {
            environment[$"ReverseProxy__Clusters__{service.Name}__Destinations__one__Address"] = service.Address.ToString();
        }

        environment[IdentityKey] = _identityKey;
        environment["Stitcher__Management__Url"] = Management.GetLeftPart(UriPartial.Authority);
        environment["Stitcher__Management__Tokens__0__Name"] = "services";
        environment["Stitcher__Management__Tokens__0__Token"] = _purgeToken;
        foreach (var (index, service) in Services.Index())
        {
            environment[$"Stitcher__Management__Tokens__0__Services__{index}"] = service.Name;
        }

        return new ProcessPlan
        {
            Name = "gateway",
            Folder = Path.Combine(_build.Root, "gateway"),
            Assembly = _build.AssemblyOf("gateway", "Stitcher.Gateway"),
            Port = _basePort,
            Ports = [_basePort, _basePort + ManagementOffset],
            ReadyAddress = new Uri(Management, "/health/ready"),
            Environment = environment,
        };
    }
}
