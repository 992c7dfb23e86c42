using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stitcher.TestKit;

/// <summary>A gateway on a real loopback port, composed as the readme shows, with its own folder of settings and layouts.</summary>
public sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private GatewayUnderTest(DirectoryInfo folder, WebApplication app, CapturedLog log, Uri management)
    {
        _folder = folder;
        _app = app;
        Log = log;
        Management = management;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
            .First(address => new Uri(address).Port != management.Port));
        Client = NewClient(Address);
        ManagementClient = NewClient(Management);
    }

    /// <summary>The public address.</summary>
    public Uri Address { get; }

    /// <summary>The management listener's address.</summary>
    public Uri Management { get; }

    /// <summary>Asks the public address; follows no redirect, decompresses nothing, keeps no cookie.</summary>
    public HttpClient Client { get; }

    /// <summary>Asks the management listener, in the same way.</summary>
    public HttpClient ManagementClient { get; }

    /// <summary>What the gateway logged.</summary>
    public CapturedLog Log { get; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a gateway.</summary>
    /// <param name="write">Writes its settings and layouts.</param>
    /// <exception cref="Exception">Whatever stops the host from starting.</exception>
    public static async Task<GatewayUnderTest> StartAsync(Action<GatewaySetup> write)
    {
        var management = new Uri($"http://127.0.0.1:{FreePort.Take()}/");
        var setup = NewSetup(management);
        write(setup);

        var folder = HostFolder.New();
        var log = new CapturedLog();
        WebApplication? app = null;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "layouts"));
            foreach (var (file, html) in setup.Layouts)
            {
                await WriteLayoutAsync(folder, file, html);
            }

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), setup.Settings());
            app = Compose(folder, setup, log);
            await app.StartAsync();
            return new GatewayUnderTest(folder, app, log, management);
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            HostFolder.Clear(folder);
            throw;
        }
    }

    /// <summary>Fetches a page as text.</summary>
    public async Task<string> GetAsync(string target)
    {
        using var response = await Client.GetAsync(target);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Writes a layout while the gateway runs, as an editor does: another file first, which then takes the name.</summary>
    public Task EditLayoutAsync(string file, string layout) => WriteLayoutAsync(_folder, file, GatewaySetup.Document(layout));

    /// <summary>Writes a file that layouts share, in the same way and exactly as it is.</summary>
    public Task EditPartAsync(string file, string text) => WriteLayoutAsync(_folder, file, text);

    /// <summary>Writes the settings anew while the gateway runs.</summary>
    public async Task EditSettingsAsync(Action<GatewaySetup> write)
    {
        var setup = NewSetup(Management);
        write(setup);
        foreach (var (file, html) in setup.Layouts)
        {
            await WriteLayoutAsync(_folder, file, html);
        }

        await WriteSettingsAsync(setup.Settings());
    }

    /// <summary>Writes any text as the settings file while the gateway runs.</summary>
    public Task WriteSettingsAsync(string text) => ReplaceAsync(Path.Combine(_folder.FullName, "appsettings.json"), text);

    /// <summary>Takes the settings file away while the gateway runs.</summary>
    public Task RemoveSettingsAsync()
    {
        File.Delete(Path.Combine(_folder.FullName, "appsettings.json"));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        ManagementClient.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        HostFolder.Clear(_folder);
    }


    // A machine that runs many tests at once is slow at times; a fragment refused for a slow moment would be another test than the one meant.
    private static GatewaySetup NewSetup(Uri management) => new GatewaySetup()
        .Set("Stitcher:Management:Url", management.GetLeftPart(UriPartial.Authority))
        .Set("Stitcher:Limits:ParseTime", "5s")
        .Set("Stitcher:Limits:ConnectTime", "5s")
        .Set("Stitcher:Limits:BetweenBytes", "0s")

        // What fails and what comes back is told apart at once; tests of the memory for failures say how long it is.
        .Set("Stitcher:Cache:FailureMemory", "0s");

    private static WebApplication Compose(DirectoryInfo folder, GatewaySetup setup, CapturedLog log)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = nameof(GatewayUnderTest),
            ContentRootPath = folder.FullName,
            EnvironmentName = setup.Environment,
        });
        try
        {
            return Compose(builder, setup, log);
        }
        catch
        {
            // A host that was never built leaves the watching of its settings to the garbage collector.
            foreach (var file in ((IConfigurationBuilder)builder.Configuration).Sources.OfType<FileConfigurationSource>())
            {
                (file.FileProvider as IDisposable)?.Dispose();
            }

            throw;
        }
    }

    private static WebApplication Compose(WebApplicationBuilder builder, GatewaySetup setup, CapturedLog log)
    {
        builder.WebHost.UseUrls("http://127.0.0.1:0", builder.Configuration["Stitcher:Management:Url"]!);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddSingleton(setup.Time);

        builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
        builder.Services.AddStitcher(builder.Configuration);
        setup.Services(builder.Services);
        setup.Compose(builder);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        setup.App(app);
        app.MapStitcher();
        app.MapReverseProxy();
        return app;
    }

    private static HttpClient NewClient(Uri address) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            Expect100ContinueTimeout = Eventually.Deadline,
        })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(20),
    };

    private static Task WriteLayoutAsync(DirectoryInfo folder, string file, string html) => ReplaceAsync(Path.Combine(folder.FullName, "layouts", file), html);

    private static async Task ReplaceAsync(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".draft";
        await File.WriteAllTextAsync(draft, text);
        File.Move(draft, path, overwrite: true);
    }
}
