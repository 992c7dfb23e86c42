using System.Diagnostics;
using System.Text.Json;
using Stitcher.TestKit;
using Xunit;
using static Stitcher.TestKit.SharedPackages;

namespace Stitcher.Gateway.Tests;

/// <summary>The command as a build server runs it, asking a gateway that runs.</summary>
public sealed class ToolAgainstGatewayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stitcher-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Explain_says_of_a_running_gateway_who_won_and_what_to_do()
    {
        await using var shared = await StartAsync(null, ("cart", [Svelte("5.1.3", "^5.0.0")]), ("orders", [Svelte("4.2.19", "^4.0.0")]));
        var (code, output, errors) = await RunAsync("explain", "svelte", "--against", shared.Gateway.Management.OriginalString, "--service", "orders");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("svelte: 5.1.3 from cart@r1 (highest)", output, StringComparison.Ordinal);
        Assert.Contains("orders@r1  wants ^4.0.0  runs its own copy, 4.2.19 (10 KB more", output, StringComparison.Ordinal);
        Assert.Contains("FED301 error: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.2.0", "^5.0.0", 0, "Nothing would get worse.")]
    [InlineData("6.0.0", "^6.0.0", 1, "FED301 error: ")]
    public async Task Check_fails_when_a_manifest_would_bring_a_new_error_into_a_running_gateway(string version, string range, int expected, string said)
    {
        await using var shared = await StartAsync(null, ("cart", [Svelte("5.1.3", "^5.0.0")]), ("orders", [Svelte("5.0.5", "^5.0.0")]));
        var manifest = Path.Combine(_folder.FullName, "stitcher.json");
        await File.WriteAllTextAsync(manifest, Manifest("orders", "r2", Svelte(version, range)).ToJsonString(), TestContext.Current.CancellationToken);
        var (code, output, _) = await RunAsync("check", manifest, "--against", new Uri(shared.Gateway.Management, "/_stitcher/federation").AbsoluteUri);
        Assert.Equal(expected, code);
        Assert.StartsWith(said, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_that_the_tool_makes_of_the_portfolio_is_the_gateways()
    {
        await using var shared = await StartAsync(
            null, ("cart", [Svelte("5.1.3", "^5.0.0"), new("lodash", "4.17.21", "^4.17.0", Singleton: false)]), ("orders", [Svelte("4.2.19", "^4.0.0"), new("lodash", "3.10.1", "^3.0.0", Singleton: false)]));
        var portfolio = Path.Combine(_folder.FullName, "portfolio.json");
        await File.WriteAllTextAsync(portfolio, await shared.ShowAsync("?format=portfolio"), TestContext.Current.CancellationToken);
        var (code, output, _) = await RunAsync("negotiate", portfolio);
        var page = await shared.Gateway.GetAsync("/");
        var map = page.Split("<script type=\"importmap\">")[1].Split("</script>")[0];
        Assert.Equal(0, code);
        Assert.Equal(map, JsonDocument.Parse(output).RootElement.GetProperty("map").GetRawText());
    }

    [Fact]
    public async Task The_public_address_is_told_from_the_management_listener()
    {
        await using var shared = await StartAsync(null, ("cart", [Svelte("5.1.3", "^5.0.0")]));
        var (code, _, errors) = await RunAsync("explain", "svelte", "--against", shared.Gateway.Address.AbsoluteUri);
        Assert.Equal(2, code);
        Assert.Contains("Stitcher:Management:Url", errors, StringComparison.Ordinal);
    }

    private static SharedRow Svelte(string version, string range) => new("svelte", version, range, Strict: true);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(Repository.Root, "src/Stitcher.Tool", Repository.BuildOutput, "stitcher-cli.dll"), "federation", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var errors = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await output, await errors);
    }
}
