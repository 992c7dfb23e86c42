using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed partial class EndToEndReadmeTests
{
    private const string Own = "Nobody is here to greet you.";

    private static readonly string Gateway = Path.Combine(Repository.Root, "gateway");

    [Fact]
    public async Task The_readmes_service_in_JavaScript_runs_and_a_running_gateway_takes_up_its_page()
    {
        var node = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);
        if (node is null)
        {
            var isRequired = (Environment.GetEnvironmentVariable("STITCHER_TESTS_REQUIRE") ?? "").Contains("node", StringComparison.OrdinalIgnoreCase);
            Assert.SkipUnless(isRequired, "The readme's example needs Node, and there is no node on the path.");
            Assert.Fail("There is no node on the path.");
        }

        using var folder = new TemporaryFolder();
        var port = FreePort.Take();
        await File.WriteAllTextAsync(
            folder.File("hello.mjs"), EndToEndReadme.Blocks("js")[0].Replace(EndToEndReadme.Port, $"{port}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var service = Process.Start(new ProcessStartInfo(node, [folder.File("hello.mjs")]))!;
        try
        {
            await IsOnAPageAsync(port, async () =>
            {
                service.Kill();
                await service.WaitForExitAsync(TestContext.Current.CancellationToken);
            });
        }
        finally
        {
            service.Kill();
        }
    }

    [Fact]
    public async Task The_readmes_service_in_CSharp_runs_and_a_running_gateway_takes_up_its_page()
    {
        var port = FreePort.Take();
        await using var service = EndToEndReadmeService.Build(["--urls", $"http://localhost:{port}", "--environment", "Development", "--Logging:LogLevel:Default", "None"]);
        await service.StartAsync(TestContext.Current.CancellationToken);

        await IsOnAPageAsync(port, () => service.StopAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_readme_shows_the_CSharp_service_that_is_tested()
    {
        var shown = Lines(EndToEndReadme.Blocks("csharp")[0]).ToArray();
        var tested = Lines(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Stitcher.Shop.Tests", "EndToEndReadmeService.cs")));

        Assert.Equal("using Stitcher.Fragments;", shown[0]);
        Assert.Equal($"app.Run(\"http://localhost:{EndToEndReadme.Port}\");", shown[^1]);
        Assert.Contains(string.Join('\n', shown[1..^1]), string.Join('\n', tested), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readmes_fragment_with_a_module_is_the_one_that_is_opened_in_a_browser()
    {
        var tested = Lines(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Stitcher.Browser.Tests", "Runtime", "ReadmeFragmentTests.cs")));
        Assert.Contains(string.Join('\n', Lines(EndToEndReadme.Blocks("csharp").Skip(1).Single())), string.Join('\n', tested), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_service_in_the_shops_folder_compiles_nothing_of_the_shops()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("HelloService.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />", TestContext.Current.CancellationToken);
        string[] asked =
        [
            "msbuild", folder.File("HelloService.csproj"), "-getItem:Compile", "-nologo",
            .. ((string[])["props", "targets"]).Select(kind => $"-p:DirectoryBuild{char.ToUpperInvariant(kind[0])}{kind[1..]}Path={Path.Combine(Repository.Root, "fragments", $"Directory.Build.{kind}")}"),
        ];
        using var evaluation = Process.Start(new ProcessStartInfo("dotnet", asked) { RedirectStandardOutput = true })!;
        var said = await evaluation.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await evaluation.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, evaluation.ExitCode);
        Assert.Empty(JsonNode.Parse(said)!["Items"]!["Compile"]!.AsArray());
    }

    [Fact]
    public void The_readmes_links_and_folders_are_there()
    {
        Assert.All(EndToEndReadme.LocalLinks.Concat(EndToEndReadme.NamedPaths).Where(path => path is not "fragments/HelloService" and not "gateway/layouts/hello.html"), path =>
            Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), $"The readme names {path}, which is not there."));
    }

    [Fact]
    public void The_readmes_map_shows_every_project_of_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Stitcher.sln"));
        var folders = ProjectFile().Matches(solution).Select(project => project.Groups["folder"].Value.Replace('\\', '/'));

        Assert.All(folders, folder => Assert.Contains($"`{folder}`", EndToEndReadme.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_readmes_commands_name_projects_that_can_be_run()
    {
        var commands = ProjectSwitch().Matches(EndToEndReadme.Text).Select(command => command.Groups["folder"].Value).Where(folder => folder != "fragments/HelloService");
        Assert.All(commands, folder => Assert.Contains("<OutputType>Exe</OutputType>", File.ReadAllText(Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj").Single()), StringComparison.Ordinal));
        Assert.StartsWith("dotnet run --project deploy/local ", EndToEndReadme.Blocks("sh")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_readmes_rooms_are_the_engines_in_their_order()
    {
        var engine = File.ReadAllText(Path.Combine(Repository.Root, "src", "Stitcher", "README.md"));
        var rooms = Room().Matches(engine).Select(room => room.Groups["name"].Value);
        Assert.Contains($": {string.Join(", ", rooms)}.", EndToEndReadme.Text, StringComparison.Ordinal);
    }

    /// <summary>Does what the readme tells its readers to do, with a gateway that runs already.</summary>
    private static async Task IsOnAPageAsync(int port, Func<Task> stop)
    {
        var token = TestContext.Current.CancellationToken;
        var console = EndToEndReadme.Blocks("console").Single().Split('\n');
        using var http = new HttpClient();
        var address = CurlAddress().Match(console[0]).Groups["address"].Value.Replace(EndToEndReadme.Port, $"{port}", StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => AnswersAsync(http, address), "the service listens");
        Assert.Equal(console[1], (await http.GetStringAsync(address, token)).TrimEnd());

        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(ShopLayout.Folder, "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Gateway, "appsettings*.json")))
        {
            var copy = folder.File(Path.GetRelativePath(Gateway, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await using var gateway = await ServiceProcess.StartAsync(
            "gateway",
            new Dictionary<string, string>
            {
                ["Stitcher__Management__Url"] = $"http://127.0.0.1:{FreePort.Take()}",
                ["Stitcher__Limits__ParseTime"] = "5s",
                ["Stitcher__Limits__ConnectTime"] = "5s",
                ["Stitcher__Limits__BetweenBytes"] = "0s",
                [ServiceProcess.ReloadsSettings] = "true",
            },
            ["--contentRoot", folder.Path, "--urls", "http://127.0.0.1:0"]);
        using var before = await gateway.Client.GetAsync("/hello/Ada", token);
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);

        await File.WriteAllTextAsync(folder.File("layouts/hello.html"), EndToEndReadme.Blocks("html")[^1], token);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("appsettings.json"), token))!.AsObject();
        AddTo(settings, JsonNode.Parse(EndToEndReadme.Blocks("json").Single().Replace(EndToEndReadme.Port, $"{port}", StringComparison.Ordinal))!.AsObject());
        await File.WriteAllTextAsync(folder.File("appsettings.json"), settings.ToJsonString(), token);

        var greeted = $"<main class=\"sheet\"> <h1>A page of my own</h1> {console[1]} </main>";
        await ShowsAsync(gateway, "/hello/Ada", greeted);
        await stop();
        await ShowsAsync(gateway, "/hello/Grace", $"<main class=\"sheet\"> <h1>A page of my own</h1> <p>{Own}</p> </main>");
        await ShowsAsync(gateway, "/hello/Ada", greeted);
    }

    private static async Task ShowsAsync(ServiceProcess gateway, string path, string main)
    {
        var last = "";
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    using var response = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);
                    last = WhiteSpace().Replace(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), " ");
                    return response.IsSuccessStatusCode && last.Contains(main, StringComparison.Ordinal);
                },
                $"the page shows {main}");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} It shows {last}. The gateway said:\n{gateway.Output}", e);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string address)
    {
        try
        {
            return (await http.GetAsync(address, TestContext.Current.CancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // "Each beside the shop's own": objects take new keys, lists new entries at their end.
    private static void AddTo(JsonObject settings, JsonObject added)
    {
        foreach (var (key, value) in added)
        {
            switch (settings[key])
            {
                case JsonObject inner:
                    AddTo(inner, value!.AsObject());
                    break;
                case JsonArray list:
                    foreach (var entry in value!.AsArray())
                    {
                        list.Add(entry!.DeepClone());
                    }

                    break;
                default:
                    settings[key] = value!.DeepClone();
                    break;
            }
        }
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    [GeneratedRegex(@"""(?<folder>[\w.\\]+)\\[\w.]+\.csproj""")]
    private static partial Regex ProjectFile();

    [GeneratedRegex(@"--project (?<folder>[\w./]+)")]
    private static partial Regex ProjectSwitch();

    [GeneratedRegex(@"^\d+\. `(?<name>\w+)` –", RegexOptions.Multiline)]
    private static partial Regex Room();

    [GeneratedRegex(@"curl '(?<address>[^']+)'")]
    private static partial Regex CurlAddress();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
