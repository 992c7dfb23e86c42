using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Stitcher.Federation.Tests.Tool;

/// <summary>What <c>stitcher service add</c> makes of a gateway's settings.</summary>
public sealed class ServiceCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stitcher-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("{}\n")]
    [InlineData("{\n  \"Logging\": { \"LogLevel\": { \"Default\": \"Warning\" } }, // as the others\n}\n")]
    [InlineData("{\r\n  \"reverseproxy\": { },\r\n  \"Stitcher\": { \"Services\": [ ] }\r\n}\r\n")]
    public async Task A_gateway_that_has_no_services_yet_is_told_of_its_first(string settings)
    {
        var (code, _, errors) = await AddAsync(settings);
        Assert.Equal((0, ""), (code, errors));

        var text = await File.ReadAllTextAsync(Settings, TestContext.Current.CancellationToken);
        var read = JsonNode.Parse(text, new JsonNodeOptions { PropertyNameCaseInsensitive = true }, new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        Assert.Equal("http://localhost:3010/", (string?)read["ReverseProxy"]!["Clusters"]!["tidings"]!["Destinations"]!["one"]!["Address"]);
        Assert.Equal(("tidings", "tidings"), ((string?)read["Stitcher"]!["Services"]!.AsArray().Single()!["Name"], (string?)read["Stitcher"]!["Pages"]!.AsArray().Single()!["Name"]));
        Assert.Equal(settings.Contains("Logging", StringComparison.Ordinal) ? "Warning" : null, (string?)read["Logging"]?["LogLevel"]!["Default"]);
        Assert.Equal(settings.Contains("// as the others", StringComparison.Ordinal), text.Contains("// as the others", StringComparison.Ordinal));
        Assert.Contains("tidings/TidingsPanel", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "layouts", "tidings.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_made_is_written_as_people_write_it()
    {
        await AddAsync("{\n  \"AllowedHosts\": \"*\"\n}\n");
        Assert.Equal(
            """
            {
              "AllowedHosts": "*",
              "ReverseProxy": {
                "Clusters": {
                  "tidings": { "Destinations": { "one": { "Address": "http://localhost:3010/" } } }
                }
              },
              "Stitcher": {
                "Services": [
                  { "Name": "tidings", "Cluster": "tidings", "Trust": "App", "Manifest": "/.well-known/stitcher.json" }
                ],
                "Pages": [
                  { "Name": "tidings", "Route": "/tidings", "Layout": "tidings.html" }
                ]
              }
            }

            """,
            await File.ReadAllTextAsync(Settings, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{ \"ReverseProxy\": null }", "something else than an object at ReverseProxy")]
    [InlineData("{ \"Stitcher\": { \"Services\": {} } }", "something else than a list at Stitcher:Services")]
    [InlineData("[]", "something else than an object in it")]
    public async Task Settings_of_another_kind_stay_as_they_are(string settings, string expected)
    {
        var (code, _, errors) = await AddAsync(settings);
        Assert.Equal(2, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Equal(settings, await File.ReadAllTextAsync(Settings, TestContext.Current.CancellationToken));
    }

    private string Settings => Path.Combine(_folder.FullName, "appsettings.json");

    private async Task<(int Code, string Output, string Errors)> AddAsync(string settings)
    {
        await File.WriteAllTextAsync(Settings, settings, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "stitcher-cli.dll"), "service", "add", "tidings",
            "--address", "http://localhost:3010/", "--gateway", _folder.FullName, "--fragment", "TidingsPanel", "--page", "/tidings",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
