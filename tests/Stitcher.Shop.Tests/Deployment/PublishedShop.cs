using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>
/// The shop as it is deployed, without containers: every program published, started from its own folder in the environment Production with the variables
/// of <c>compose.yaml</c> and the secrets of <c>secrets.sh</c>, two gateways that share sessions and a Redis, and nginx in front of them.
/// </summary>
public sealed class PublishedShop : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, ServiceProcess> _services = [];
    private readonly List<Process> _others = [];
    private readonly int _redis = FreePort.Take();
    private readonly int[] _management = [FreePort.Take(), FreePort.Take()];
    private readonly ConcurrentDictionary<string, string> _collected = [];
    private ScriptedService? _collector;
    private NginxServer? _nginx;

    /// <summary>Why the tests are skipped; null when everything is there.</summary>
    public static string? Missing => NginxServer.Missing;

    /// <summary>The gateways, by the port of their management listeners.</summary>
    internal Dictionary<int, ServiceProcess> Gateways { get; } = [];

    internal NginxServer Nginx => _nginx!;

    internal ServiceProcess this[string service] => _services[service];

    /// <summary>What a collector of OpenTelemetry's has got of a kind so far: <c>traces</c>, <c>metrics</c>.</summary>
    internal string Collected(string kind) => _collected.GetValueOrDefault(kind, "");

    private string Secrets => _folder.File("secrets");

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        await Task.WhenAll(
            RunAsync("sh", Path.Combine(DeployFiles.Folder, "secrets.sh"), Secrets),
            RunAsync(
                DotnetHost, "msbuild", Path.Combine(DeployFiles.Folder, "publish.proj"), "-m", "-nologo", "-verbosity:quiet", "-nodeReuse:false",
                "-p:NoBuild=true", $"-p:Configuration={Repository.BuildOutput.Split('/')[^2]}", $"-p:Out={_folder.File("published")}"));
        File.WriteAllText(Path.Combine(Secrets, "redis-configuration"), File.ReadAllText(Path.Combine(Secrets, "redis-configuration")).Replace("redis:6379", $"127.0.0.1:{_redis}", StringComparison.Ordinal));
        StartRedis();
        await StartCollectorAsync();
        foreach (var (program, starting) in ShopProgram.Services.Select(program => (program, StartAsync(program))).ToArray())
        {
            _services[program.Name] = await starting;
        }

        foreach (var port in _management)
        {
            Gateways[port] = await StartGatewayAsync(port, AnyUrl());
        }

        _nginx = await NginxServer.StartAsync(string.Join(" max_fails=2 fail_timeout=5s; server ", Gateways.Values.Select(gateway => gateway.Address.Authority)));
        await Eventually.HoldsAsync(
            async () => await Nginx.Client.GetStringAsync("/products") is var page && RunningShop.Projects.Keys.All(name => page.Contains($"\"{name}/", StringComparison.Ordinal)),
            "the import map names a module of every service");
    }

    /// <summary>Starts the gateways again that were ended, where they were.</summary>
    internal async Task StartAgainAsync(params int[] management)
    {
        var starting = management.Select(async port =>
        {
            var address = Gateways[port].Address;
            await Gateways[port].DisposeAsync();
            return await StartGatewayAsync(port, address.GetLeftPart(UriPartial.Authority));
        }).ToArray();
        foreach (var (port, gateway) in management.Zip(starting))
        {
            Gateways[port] = await gateway;
        }
    }

    /// <summary>Ends a service and starts it again with what it left behind, as a new version of its container would.</summary>
    internal async Task ReplaceAsync(string service)
    {
        var address = _services[service].Address;
        await _services[service].TerminateAsync();
        await _services[service].DisposeAsync();
        _services[service] = await StartAsync(ShopProgram.Named(service), "--urls", address.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Asks a published probe, as a container's health check does.</summary>
    internal Task<int> ProbeAsync(string address) => ExitAsync(DotnetHost, Published("Stitcher.Probe", "Stitcher.Probe.dll"), address);

    /// <summary>A gateway that was given no more than these variables, in Production.</summary>
    internal Task<ServiceProcess> StartBareGatewayAsync(IReadOnlyDictionary<string, string> environment) => ServiceProcess.StartPublishedAsync(
        Published("Stitcher.Gateway", ShopProgram.Named("gateway").Assembly),
        new Dictionary<string, string>(environment) { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["STITCHER_IDENTITY_KEY"] = "" });

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
        {
            await _nginx.DisposeAsync();
        }

        foreach (var process in Gateways.Values.Concat(_services.Values))
        {
            await process.DisposeAsync();
        }

        if (_collector is not null)
        {
            await _collector.DisposeAsync();
        }

        foreach (var process in _others)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Dispose();
    }

    private static string DotnetHost { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private string Published(string project, string file) => Path.Combine(_folder.File("published"), project, file);

    // Each comes back to where it was: at a port that the system gives to nobody meanwhile.
    private static string AnyUrl() => $"http://127.0.0.1:{FreePort.Take()}";

    private Task<ServiceProcess> StartAsync(ShopProgram program) => StartAsync(program, "--urls", AnyUrl());

    private async Task<ServiceProcess> StartAsync(ShopProgram program, params string[] arguments)
    {
        var environment = EnvironmentOf(program.Name);
        foreach (var (name, value) in Dockerfile.Of(program.Name).Environment.Where(pair => !pair.Key.StartsWith("ASPNETCORE_", StringComparison.Ordinal)))
        {
            environment[name] = Here(value, program.Name);
        }

        return await ServiceProcess.StartPublishedAsync(Published(Path.GetFileNameWithoutExtension(program.ProjectFile), program.Assembly), environment, arguments);
    }

    private async Task<ServiceProcess> StartGatewayAsync(int management, string url)
    {
        var program = ShopProgram.Named("gateway");
        var environment = EnvironmentOf(program.Name);
        environment["Stitcher__Management__Url"] = $"http://0.0.0.0:{management}";

        // nginx is this machine; and one key ring for both, as a cluster's secret is.
        environment["Stitcher__KnownProxies__1"] = "127.0.0.1";
        environment["Stitcher__Session__KeyFolder"] = Secrets;
        environment["Stitcher__Federation__StateFolder"] = _folder.File($"state-{management}");

        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector!.Address;
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        environment["OTEL_BSP_SCHEDULE_DELAY"] = "500";
        environment["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";

        // Nothing is remembered but what the test asks for twice, and a busy machine may let some hundred milliseconds pass without a gateway or a service having run at all.
        environment["Stitcher__Cache__Bytes"] = "0";
        environment["Stitcher__Limits__ParseTime"] = "5s";
        environment["Stitcher__Limits__ConnectTime"] = "5s";
        environment["Stitcher__Limits__BetweenBytes"] = "0s";
        return await ServiceProcess.StartPublishedAsync(Published(Path.GetFileNameWithoutExtension(program.ProjectFile), program.Assembly), environment, ["--urls", url]);
    }

    private Dictionary<string, string> EnvironmentOf(string program)
    {
        var environment = ComposeFile.Environment(program).ToDictionary(pair => pair.Key, pair => Here(pair.Value, program));
        environment["STITCHER_IDENTITY_KEY"] = "";
        return environment;
    }

    /// <summary>A value of the container's world in that of this machine: its folders, and where the services are.</summary>
    private string Here(string value, string program)
    {
        value = value.Replace("/run/secrets", Secrets, StringComparison.Ordinal);
        value = value == $"http://gateway:{ShopProgram.Named("gateway").Ports[1]}" ? $"http://127.0.0.1:{_management[0]}" : value;
        value = value == "/data" || value.StartsWith("/data/", StringComparison.Ordinal) ? _folder.File($"data-{program}") + value["/data".Length..] : value;
        return ShopProgram.Services.FirstOrDefault(service => value == $"http://{service.Name}:{service.Ports[0]}/") is { } asked && _services.TryGetValue(asked.Name, out var service)
            ? service.Address.ToString()
            : value;
    }

    private void StartRedis()
    {
        string[] arguments = [Path.Combine(DeployFiles.Folder, "redis", "redis.conf"), "--port", $"{_redis}", "--requirepass", File.ReadAllText(Path.Combine(Secrets, "redis-password"))];
        if ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server"))))
        {
            _others.Add(Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true, WorkingDirectory = _folder.Path })!);
        }
    }

    private async Task StartCollectorAsync()
    {
        _collector = await ScriptedService.StartAsync();
        foreach (var kind in (string[])["traces", "metrics"])
        {
            _collector.AnswersBody($"/v1/{kind}", body =>
            {
                _collected[kind] = body;
                return Answer.Html("");
            });
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var code = await ExitAsync(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}.");
    }

    private static async Task<int> ExitAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }
}
