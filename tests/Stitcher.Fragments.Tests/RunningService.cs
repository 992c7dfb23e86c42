using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Stitcher.Fragments.Tests;

/// <summary>A service as a team would write it, on a real socket, with its files in a folder of its own.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _root;

    private RunningService(WebApplication app, DirectoryInfo root, LogLines log)
    {
        _app = app;
        _root = root;
        Log = log;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public LogLines Log { get; }

    public static async Task<RunningService> StartAsync(
        Action<WebApplication> map,
        string environment = "Production",
        Action<FragmentServiceOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        params (string Path, string Content)[] files)
    {
        var root = Directory.CreateTempSubdirectory("fragments-");
        var log = new LogLines();
        try
        {
            foreach (var (path, content) in files)
            {
                Write(root, path, content);
            }

            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                EnvironmentName = environment,
                ContentRootPath = root.FullName,
                WebRootPath = Directory.CreateDirectory(Path.Combine(root.FullName, "wwwroot")).FullName,
                Args = ["--urls", "http://127.0.0.1:0", "--hostBuilder:reloadConfigOnChange=false"],
            });
            builder.Logging.ClearProviders().AddProvider(log);
            builder.Services.AddFragments(options =>
            {
                options.Service = "products";
                configure?.Invoke(options);
            });
            services?.Invoke(builder.Services);
            var app = builder.Build();
            map(app);
            await app.StartAsync(TestContext.Current.CancellationToken);
            return new RunningService(app, root, log);
        }
        catch
        {
            root.Delete(recursive: true);
            throw;
        }
    }

    public void Write(string path, string content) => Write(_root, path, content);

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<string> BodyAsync(string path) => Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _root.Delete(recursive: true);
    }

    private static void Write(DirectoryInfo root, string path, string content)
    {
        var file = new FileInfo(Path.Combine(root.FullName, "wwwroot", path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, content);
    }
}
