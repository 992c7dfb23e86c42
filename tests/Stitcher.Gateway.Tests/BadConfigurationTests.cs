using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class BadConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stitcher-gateway-");

    [Fact]
    public async Task V_136_Every_mistake_in_settings_reverse_proxy_and_layouts_is_told_in_one_start()
    {
        var exception = await Assert.ThrowsAsync<StitcherConfigurationException>(() => GatewayUnderTest.StartAsync(setup => setup
            .Set("Stitcher:LayoutRot", "layouts")
            .Service("products", "http://127.0.0.1:9/", "List=/list")
            .Service("users", "127.0.0.1:9", "Greeting=/greeting")
            .Service("orders", "http://127.0.0.1:9/", "History=/history").With("Cluster", "ordres")
            .Page("/", "<fragment src=\"prodcts/List\"></fragment>\n<fragment src=\"products/Lits\"></fragment>")
            .Page("/a", "<fragment src=\"http://evil.example/x\"></fragment>\n<fragment src=\"products/List\" timeout=\"soon\"></fragment>")
            .Page("/b", "<fragment src=\"products/List\" primary></fragment>\n<fragment src=\"users/Greeting\" primary></fragment>")
            .Page("/c", "<fragment src=\"products/List\" tiemout=\"1s\"></fragment>", ("Delivery", "Sometimes"))
            .Page("/d", "<p></p>", ("Layout", "missing.html"))
            .Page("/D/", "<p></p>")
            .Page("/e/{", "<fragment src=\"nobody/X\"></fragment>")));

        Assert.All(
            new[]
            {
                "appsettings.json, Stitcher:LayoutRot: unknown setting",
                "appsettings.json, ReverseProxy:Clusters:users:Destinations:one:Address: '127.0.0.1:9' is not",
                "appsettings.json, Stitcher:Services:2:Cluster: there is no cluster 'ordres'",
                "page-0.html, line 2: there is no service 'prodcts'",
                "page-0.html, line 3: service 'products' has no fragment 'Lits'",
                "page-1.html, line 2: src=\"http://evil.example/x\"",
                "page-1.html, line 3: timeout=\"soon\"",
                "page-2.html, line 3: a second primary",
                "page-3.html, line 2: <fragment> has no attribute 'tiemout'",
                "appsettings.json, Stitcher:Pages:3:Delivery: 'Sometimes' does not fit",
                "layout 'missing.html' of page 'page-4' cannot be read",
                "appsettings.json, Stitcher:Pages:5:Route: '/D/' is taken by Stitcher:Pages:4:Route",
                "appsettings.json, Stitcher:Pages:6:Route: '/e/{' is no route pattern",
                "page-6.html, line 2: there is no service 'nobody'",
            },
            sentence => Assert.Contains(exception.Errors, error => error.StartsWith(sentence, StringComparison.Ordinal)));
        Assert.Equal(14, exception.Errors.Count);
        Assert.All(exception.Errors, error => Assert.Contains(error, exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Stitcher:Services:1:Name", "products")]
    [InlineData("Stitcher:Pages:0:Layout", "../../etc/passwd")]
    [InlineData("Stitcher:Pages:0:Layout", "/etc/passwd")]
    [InlineData("Stitcher:Pages:0:Layout", "")]
    [InlineData("Stitcher:LayoutRoot", "")]
    [InlineData("Stitcher:Pages:0:Route", "/{a}/{a}")]
    [InlineData("Stitcher:Pages:0:Route", "")]
    [InlineData("Stitcher:Pages:0:Route", "/{id:nonsense}")]
    [InlineData("Stitcher:Services:0:Assets:0", "/{")]
    [InlineData("Stitcher:Services:0:Fragments:0:Path", "/{")]
    [InlineData("Stitcher:Services:0:Fragments:0:Name", "")]
    [InlineData("Stitcher:Limits:SlotsPerPage", "-1")]
    [InlineData("Stitcher:Management:Url", "nowhere")]
    public async Task A_mistake_never_hides_another_in_a_layout(string key, string value)
    {
        var exception = await Assert.ThrowsAsync<StitcherConfigurationException>(() => GatewayUnderTest.StartAsync(setup => setup
            .Service("products", "http://127.0.0.1:9/", "List=/list")
            .Service("users", "http://127.0.0.1:9/").With("Cluster", "products")
            .Page("/", "<fragment src=\"products/List\"></fragment>")
            .Page("/other", "<fragment src=\"nobody/X\"></fragment>")
            .Set(key, value)));

        Assert.Contains(exception.Errors, error => error.StartsWith($"appsettings.json, {key}: ", StringComparison.Ordinal));
        if (key != "Stitcher:LayoutRoot")
        {
            Assert.Contains(exception.Errors, error => error.StartsWith("page-1.html, line 2: there is no service 'nobody'", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_route_that_does_not_fit_is_no_reason_to_read_files_outside_the_layouts()
    {
        var exception = await Assert.ThrowsAsync<StitcherConfigurationException>(() => GatewayUnderTest.StartAsync(setup => setup
            .Page("/", "<p></p>", ("Layout", "../appsettings.json"))));
        Assert.Single(exception.Errors);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_forgotten_reverse_proxy_is_named(string environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ContentRootPath = _folder.FullName });
        builder.Services.AddStitcher(builder.Configuration);
        await using var app = builder.Build();

        var exception = Assert.Throws<StitcherConfigurationException>(() => app.MapStitcher());
        Assert.Contains("AddReverseProxy", Assert.Single(exception.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reverse_proxy_that_was_added_but_not_mapped_is_named()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.Configuration.AddInMemoryCollection(
        [
            new("ReverseProxy:Clusters:products:Destinations:one:Address", "http://127.0.0.1:9/"),
            new("Stitcher:Services:0:Name", "products"),
        ]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        using var log = new CapturedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
        builder.Services.AddStitcher(builder.Configuration);
        await using var app = builder.Build();
        app.MapStitcher();

        var exception = await Assert.ThrowsAsync<StitcherConfigurationException>(() => app.StartAsync());
        Assert.Contains("MapReverseProxy", Assert.Single(exception.Errors), StringComparison.Ordinal);

        // Told once, and nothing of services that had to end because of it.
        Assert.Same(exception, Assert.Single(log.Records, record => record.Level >= LogLevel.Warning).Exception);
    }

    [Fact]
    public async Task V_136_The_gateway_program_prints_every_error_and_ends_with_a_failure()
    {
        await WriteSettingsAsync("""{ "FORWARDEDHEADERS_ENABLED": "true", "AllowedHosts": "*", "Stitcher": { "Pagse": [], "Limits": { "SlotsPerPage": "many" }, "Pages": [ { "Name": "a", "Route": "/", "Layout": "a.html" } ] } }""");
        var (code, output) = await RunGatewayAsync();

        Assert.NotEqual(0, code);
        Assert.Contains("5 configuration errors", output, StringComparison.Ordinal);
        Assert.Contains("AllowedHosts: every name of a host is taken in the environment 'Production'", output, StringComparison.Ordinal);
        Assert.Contains("FORWARDEDHEADERS_ENABLED: with ASPNETCORE_FORWARDEDHEADERS_ENABLED every client may say who it is", output, StringComparison.Ordinal);
        Assert.Contains("appsettings.json, Stitcher:Pagse: unknown setting 'Pagse'", output, StringComparison.Ordinal);
        Assert.Contains("appsettings.json, Stitcher:Limits:SlotsPerPage: 'many' does not fit; expected a whole number from 1 to 1024.", output, StringComparison.Ordinal);
        Assert.Contains("layout 'a.html' of page 'a' cannot be read", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_is_no_JSON_is_one_sentence()
    {
        await WriteSettingsAsync("""{ "Stitcher": { "Pages": [ """);
        var (code, output) = await RunGatewayAsync();

        Assert.NotEqual(0, code);
        Assert.Contains("appsettings.json", output, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 0", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task WriteSettingsAsync(string json) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), json);

    private async Task<(int Code, string Output)> RunGatewayAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Stitcher.Gateway.dll"));
        foreach (var argument in new[] { "--contentRoot", _folder.FullName, "--urls", "http://127.0.0.1:0" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        try
        {
            using var deadline = new CancellationTokenSource(2 * Eventually.Deadline);
            var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, string.Concat(output));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
