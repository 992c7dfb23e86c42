using Stitcher.TestKit;

namespace Stitcher.Chaos.Processes;

/// <summary>A gateway as a process of its own, with what it told.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly ServiceProcess _process;
    private readonly Uri _management;

    private RunningGateway(ServiceProcess process, Uri management, GatewayTelemetry telemetry)
    {
        _process = process;
        _management = management;
        Telemetry = telemetry;
    }

    /// <summary>The operating system's number for it.</summary>
    public int Id => _process.Id;

    /// <summary>Where its pages are.</summary>
    public Uri Address => _process.Address;

    /// <summary>What it told.</summary>
    public GatewayTelemetry Telemetry { get; }

    /// <summary>Whether a load balancer would send to it.</summary>
    public bool IsInRotation { get; set; } = true;

    /// <summary>Starts one on a content root.</summary>
    public static async Task<RunningGateway> StartAsync(string contentRoot, FleetOptions options)
    {
        var management = new Uri($"http://127.0.0.1:{options.TakePort()}/");
        var telemetry = new GatewayTelemetry();
        var environment = new Dictionary<string, string>(options.Settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            [ServiceProcess.ReloadsSettings] = "true",
            ["DOTNET_STARTUP_HOOKS"] = typeof(RunningGateway).Assembly.Location,
            ["Stitcher__Management__Url"] = management.GetLeftPart(UriPartial.Authority),
            ["Logging__Console__FormatterName"] = "simple",
            ["Logging__Console__FormatterOptions__SingleLine"] = "true",
            ["Logging__Console__FormatterOptions__ColorBehavior"] = "Disabled",
        };
        string[] arguments = ["--contentRoot", contentRoot, "--urls", $"http://127.0.0.1:{options.TakePort()}"];
        var process = await ServiceProcess.StartAsync("gateway", environment, arguments, telemetry.Hear);
        return new RunningGateway(process, management, telemetry);
    }

    /// <summary>Asks whether it is ready, as a load balancer does.</summary>
    public async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(_management, "health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public Task TerminateAsync() => _process.TerminateAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
