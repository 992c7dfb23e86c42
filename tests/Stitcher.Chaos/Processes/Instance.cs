using System.Globalization;
using Stitcher.Chaos.Services;
using Stitcher.TestKit;

namespace Stitcher.Chaos.Processes;

/// <summary>One instance of a service: a process that comes and goes, on an address that stays.</summary>
internal sealed class Instance(string service, string host, int port, string? networkNamespace) : IAsyncDisposable
{
    private static readonly TimeSpan ControlTime = TimeSpan.FromSeconds(2);
    private ServiceProcess? _process;

    /// <summary>The service it belongs to.</summary>
    public string Service => service;

    /// <summary>Its port.</summary>
    public int Port => port;

    /// <summary>Its host, an address of IPv4.</summary>
    public string Host => host;

    /// <summary>Where it answers.</summary>
    public string Address { get; } = $"http://{host}:{port}/";

    /// <summary>Starts it.</summary>
    public async Task StartAsync(int version = 1)
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        List<string> arguments =
        [
            "--role", "service", "--name", service, "--host", host, "--port", port.ToString(CultureInfo.InvariantCulture),
            "--version-shown", version.ToString(CultureInfo.InvariantCulture),
        ];
        if (networkNamespace is not null)
        {
            arguments.AddRange(["--netns", networkNamespace]);
        }

        // Small and quick to start: many of them share the machine with what is measured.
        var environment = new Dictionary<string, string> { ["DOTNET_gcServer"] = "0", ["DOTNET_TieredPGO"] = "0", ["DOTNET_GCHeapCount"] = "1" };
        _process = await ServiceProcess.StartAsync("tests/Stitcher.Chaos", environment, arguments);
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    /// <summary>Ends it as a deployment does (SIGTERM).</summary>
    public Task TerminateAsync() => _process?.TerminateAsync() ?? Task.CompletedTask;

    /// <summary>Holds it (SIGSTOP).</summary>
    public void Pause() => _process?.Pause();

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Resume() => _process?.Resume();

    /// <summary>Tells it which answers to spoil.</summary>
    public async Task SpoilAsync(FaultPlan plan)
    {
        using var patience = new CancellationTokenSource(ControlTime);
        (await _process!.Client.GetAsync(new Uri($"{Address}_control?{plan.ToQuery()}"), patience.Token)).Dispose();
    }

    /// <summary>What it counted since it was started; zeros when it is gone, and what it knew with it.</summary>
    public async Task<ServiceCounts> CountsAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(ControlTime);
            var counts = await _process!.Client.GetStringAsync(new Uri($"{Address}_counts"), patience.Token);
            return ServiceCounts.Parse(counts);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return new ServiceCounts(0, 0, 0);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
