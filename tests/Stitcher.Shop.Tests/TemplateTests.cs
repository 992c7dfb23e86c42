using System.Diagnostics;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>What a newcomer does: a service from the template, its tests, and its fragment on a page of the shop's gateway.</summary>
public sealed class TemplateTests
{
    private static readonly string Output = Path.GetRelativePath(
        Path.Combine(Repository.Root, "tests", "Stitcher.Shop.Tests"), AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    [Fact]
    public async Task A_service_from_the_template_passes_its_own_tests_and_stands_on_a_page_of_the_shop()
    {
        // Below the repository, as a newcomer's would be: its projects are found from there.
        var made = Path.Combine(AppContext.BaseDirectory, $"template-{Environment.ProcessId}", "Tidings");
        using var folder = new TemporaryFolder();
        try
        {
            string[] hive = ["--debug:custom-hive", folder.File("hive")];
            await RunAsync("dotnet", ["new", "install", Path.Combine(Repository.Root, "src", "Stitcher.Templates"), .. hive]);
            await RunAsync("dotnet", ["new", "stitcher-fragment", "-n", "Tidings", "--port", "3010", "-o", made, .. hive]);
            await RunAsync("dotnet", ["build", Path.Combine(made, "tests"), "-c", Output.Split(Path.DirectorySeparatorChar)[1], "-v", "quiet", "-nologo", "-p:UseSharedCompilation=false", "-nodeReuse:false"]);
            await RunAsync("dotnet", [Path.Combine(made, "tests", Output, "Tidings.Tests.dll")]);

            await using var service = await ServiceProcess.StartAsync(Path.GetRelativePath(Repository.Root, made));
            var copy = CopyGateway(folder);
            await RunAsync("dotnet",
            [
                Path.Combine(Repository.Root, "src", "Stitcher.Tool", Output, "stitcher-cli.dll"), "service", "add", "tidings",
                "--address", service.Address.ToString(), "--gateway", copy, "--fragment", "TidingsPanel", "--page", "/tidings",
            ]);
            await using var gateway = await ServiceProcess.StartAsync(
                "gateway",
                new Dictionary<string, string>
                {
                    ["Stitcher__Management__Url"] = $"http://127.0.0.1:{FreePort.Take()}",
                    ["Stitcher__Limits__ParseTime"] = "5s",
                    ["Stitcher__Limits__ConnectTime"] = "5s",
                    ["Stitcher__Limits__BetweenBytes"] = "0s",
                },
                ["--contentRoot", copy, "--urls", "http://127.0.0.1:0"]);
            var page = "";
            await Eventually.HoldsAsync(
                async () =>
                {
                    using var response = await gateway.Client.GetAsync("/tidings", TestContext.Current.CancellationToken);
                    page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    return page.Contains("data-module=\"tidings/TidingsPanel\"", StringComparison.Ordinal);
                },
                "the page shows the new fragment");

            Assert.Contains("This fragment is made by Fragments/TidingsPanel.cs.", page, StringComparison.Ordinal);
            Assert.Contains("/tidings.css", page, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(made)!, recursive: true);
        }
    }

    private static string CopyGateway(TemporaryFolder folder)
    {
        var gateway = Path.Combine(Repository.Root, "gateway");
        foreach (var file in Directory.EnumerateFiles(ShopLayout.Folder, "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(gateway, "appsettings*.json")))
        {
            var copy = folder.File(Path.Combine("gateway", Path.GetRelativePath(gateway, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder.File("gateway");
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1" },
        })!;
        try
        {
            var said = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{string.Concat(said)}");
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
