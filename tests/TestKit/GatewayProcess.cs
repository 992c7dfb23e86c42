namespace Stitcher.TestKit;

/// <summary>The gateway as it is shipped, as a process of its own, with its own folder of settings and layouts: for what only the real host does.</summary>
/// <remarks>The tests' project must refer to <c>gateway</c>, so that it is built with it.</remarks>
public sealed class GatewayProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private GatewayProcess(DirectoryInfo folder, ServiceProcess process, Uri management)
    {
        _folder = folder;
        Process = process;
        ManagementClient = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = management, Timeout = Eventually.Deadline };
    }

    /// <summary>The process.</summary>
    public ServiceProcess Process { get; }

    /// <summary>The public address.</summary>
    public Uri Address => Process.Address;

    /// <summary>Asks the public address.</summary>
    public HttpClient Client => Process.Client;

    /// <summary>Asks the management listener.</summary>
    public HttpClient ManagementClient { get; }

    /// <summary>Starts a gateway and waits until it listens.</summary>
    /// <param name="write">Writes its settings and layouts.</param>
    /// <param name="environment">Variables besides those of the tests.</param>
    public static async Task<GatewayProcess> StartAsync(Action<GatewaySetup> write, IReadOnlyDictionary<string, string>? environment = null)
    {
        var management = new Uri($"http://127.0.0.1:{FreePort.Take()}/");
        var folder = await WriteAsync(write, management);
        try
        {
            var process = await ServiceProcess.StartAsync("gateway", environment, ["--contentRoot", folder.FullName, "--urls", "http://127.0.0.1:0"]);
            return new GatewayProcess(folder, process, management);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Runs a gateway that is expected to end by itself.</summary>
    /// <returns>Its exit code and what it said.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(
        Action<GatewaySetup> write, IReadOnlyDictionary<string, string>? environment = null, string url = "http://127.0.0.1:0")
    {
        var folder = await WriteAsync(write, new Uri($"http://127.0.0.1:{FreePort.Take()}/"));
        try
        {
            return await ServiceProcess.RunToEndAsync("gateway", environment, ["--contentRoot", folder.FullName, "--urls", url]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ManagementClient.Dispose();
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<DirectoryInfo> WriteAsync(Action<GatewaySetup> write, Uri management)
    {
        var setup = new GatewaySetup()
            .Set("Stitcher:Management:Url", management.GetLeftPart(UriPartial.Authority))
            .Set("Stitcher:Limits:ParseTime", "5s")
            .Set("Logging:LogLevel:Default", "Warning");
        write(setup);
        var folder = Directory.CreateTempSubdirectory("stitcher-gateway-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "layouts"));
        foreach (var (file, html) in setup.Layouts)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "layouts", file), html);
        }

        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), setup.Settings());
        return folder;
    }
}
