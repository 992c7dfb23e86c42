using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stitcher.Federation.Tests.Manifests;
using Xunit;

namespace Stitcher.Federation.Tests.Tool;

/// <summary>The command as a build server runs it: a process of its own.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Portfolio = """
        { "services": [
            { "name": "a", "shared": { "svelte": { "version": "4.2.19", "requiredVersion": "^4.0.0", "singleton": true, "strictVersion": true } } },
            { "name": "b", "shared": { "svelte": { "version": "5.1.3", "requiredVersion": "^5.0.0", "singleton": true, "strictVersion": true } } } ] }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stitcher-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Negotiate_writes_one_object_in_the_shape_of_the_vectors_and_succeeds_with_diagnostics_too()
    {
        var vector = JsonNode.Parse(await File.ReadAllTextAsync(
            Path.Combine(Project.Root, "tests/Stitcher.Federation.Tests/vectors.json"), TestContext.Current.CancellationToken))!["vectors"]!
            .AsArray().Single(vector => (string?)vector!["id"] == "V40")!;

        var (code, output, errors) = await RunAsync("negotiate", Write(vector["input"]!.ToJsonString()));

        Assert.Equal((0, ""), (code, errors));
        Assert.True(JsonNode.DeepEquals(vector["expected"], JsonNode.Parse(output)));
    }

    [Fact]
    public async Task Help_names_the_command_as_it_is_typed()
    {
        var (code, output, _) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.Contains("  stitcher federation [command]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_who_won_and_who_runs_on_what()
    {
        var (code, output, _) = await RunAsync("explain", "svelte", "--file", Write(Portfolio), "--service", "a");

        Assert.Equal(0, code);
        Assert.Contains("It is the highest version on offer", output, StringComparison.Ordinal);
        Assert.Contains("* b@r1  5.1.3   1 service has to stand apart; 1 more copy", output, StringComparison.Ordinal);
        Assert.Contains("svelte: 5.1.3 from b@r1 (highest)", output, StringComparison.Ordinal);
        Assert.Contains("! a@r1  wants ^4.0.0  runs its own copy, 4.2.19", output, StringComparison.Ordinal);
        Assert.DoesNotContain("b@r1  wants", output, StringComparison.Ordinal);
        Assert.Contains("FED301", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_of_a_service_that_has_nothing_to_do_with_a_package_that_it_has_not()
    {
        var portfolio = Portfolio.Replace("] }", ", { \"name\": \"c\" } ] }", StringComparison.Ordinal);
        var (code, output, _) = await RunAsync("explain", "svelte", "--file", Write(portfolio), "--service", "c");

        Assert.Equal(0, code);
        Assert.Contains("c does not declare it", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lint_fails_on_what_a_gateway_would_refuse()
    {
        var good = await RunAsync("lint", Write(ManifestJson.With("exposes", """[{ "key": "./A", "module": "a.js" }]""")));
        var bad = await RunAsync("lint", Write(ManifestJson.With("exposes", """[{ "key": "./A", "module": "../a.js" }]""")), "--json");

        Assert.Equal((0, "Nothing would be refused."), (good.Code, good.Output.Trim()));
        Assert.Equal(1, bad.Code);
        Assert.Equal("FED330", JsonDocument.Parse(bad.Output).RootElement[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("5.2.0", "^5.0.0", 0, "Nothing would get worse.")]
    [InlineData("6.0.0", "^6.0.0", 1, "FED301 error: ")]
    public async Task Check_fails_on_a_new_error_only(string version, string range, int expected, string said)
    {
        var manifest = ManifestJson.With(
            "shared",
            $$"""[{ "package": "svelte", "version": "{{version}}", "requiredVersion": "{{range}}", "singleton": true, "strictVersion": true, "entries": { "svelte": "s.js" } }]""")
            .Replace("\"shop\"", "\"c\"", StringComparison.Ordinal);

        var (code, output, _) = await RunAsync("check", Write(manifest), "--against", Write(Portfolio));

        Assert.Equal(expected, code);
        Assert.StartsWith(said, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_read_outcomes_and_levels_as_words()
    {
        var explained = JsonDocument.Parse((await RunAsync("explain", "svelte", "--file", Write(Portfolio), "--json")).Output).RootElement;

        Assert.Equal("own", explained.GetProperty("decisions")[0].GetProperty("consumers")[0].GetProperty("outcome").GetString());
        Assert.Equal("error", explained.GetProperty("diagnostics")[0].GetProperty("level").GetString());
    }

    [Fact]
    public async Task Check_bears_a_stand_in_for_a_module_of_a_service_that_is_gone()
    {
        const string portfolio = """
            { "services": [ { "name": "a", "consumes": [ { "service": "gone", "exposes": [ "./Thing" ] } ] } ], "config": { "stubBase": "/_s/~stubs/" } }
            """;

        var (code, output, _) = await RunAsync("check", Write(ManifestJson.With("exposes", "[]")), "--against", Write(portfolio));

        Assert.Equal((0, "Nothing would get worse."), (code, output.Trim()));
    }

    [Fact]
    public async Task A_service_that_is_misspelled_is_told_with_those_that_there_are()
    {
        var (code, _, errors) = await RunAsync("explain", "svelte", "--against", Write(Portfolio), "--service", "c");

        Assert.Equal((2, "There is no service c. There are: a, b."), (code, errors.Trim()));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_on_standard_error()
    {
        var missing = await RunAsync("negotiate", Path.Combine(_folder.FullName, "missing.json"));
        var broken = await RunAsync("negotiate", Write("{"));
        var misspelled = await RunAsync("negotiat");

        Assert.Equal((2, 2, 2), (missing.Code, broken.Code, misspelled.Code));
        Assert.All([missing, broken, misspelled], static run => Assert.NotEmpty(run.Errors));
        Assert.All([missing, broken], static run => Assert.Empty(run.Output));
    }

    private string Write(string json)
    {
        var path = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.WriteAllText(path, json);
        return path;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "stitcher-cli.dll"), "federation", .. arguments])
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
