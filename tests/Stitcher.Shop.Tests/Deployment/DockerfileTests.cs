using System.Text.RegularExpressions;
using System.Xml.Linq;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests.Deployment;

public sealed partial class DockerfileTests
{
    // Known without being declared: the builder's own, and what the base image sets.
    private static readonly string[] GivenArguments = ["BUILDPLATFORM", "TARGETARCH", "APP_UID"];

    public static TheoryData<string> Programs => [.. ShopProgram.All.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void What_an_image_copies_is_there_and_is_let_in(string name)
    {
        var file = Dockerfile.Of(name);
        var stages = new List<string>();
        foreach (var instruction in file.All)
        {
            if (instruction.Name == "FROM")
            {
                stages.Add(instruction.Words is [_, "AS", var stage] ? stage : "");
            }
            else if (instruction.Name == "COPY" && instruction.Switch("from") is { } from)
            {
                Assert.True(stages.Contains(from), $"deploy/{file.Path}:{instruction.Line} copies from '{from}', which is no stage before it.");
            }
            else if (instruction.Name == "COPY")
            {
                Assert.All(instruction.Words.SkipLast(1), source =>
                {
                    Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), $"deploy/{file.Path}:{instruction.Line} copies {source}, which is not there.");
                    Assert.True(DockerIgnore.LetsIn(source.TrimEnd('/')), $"deploy/{file.Path}:{instruction.Line} copies {source}, which .dockerignore keeps out.");
                });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void What_a_program_is_built_from_is_copied_the_packages_first(string name)
    {
        var file = Dockerfile.Of(name);
        var restored = file.All.First(instruction => instruction.Name == "RUN" && instruction.Text.Contains("dotnet restore", StringComparison.Ordinal)).Line;
        var needed = Closure(ShopProgram.Named(name).ProjectFile).Concat(Closure("deploy/probe/Stitcher.Probe.csproj")).Distinct().ToArray();
        var copied = file.All.Where(instruction => instruction.Name == "COPY" && instruction.Switch("from") is null)
            .SelectMany(instruction => instruction.Words.SkipLast(1).Select(source => (Source: source, instruction.Line)))
            .ToArray();

        foreach (var project in needed)
        {
            var folder = project[..project.LastIndexOf('/')];
            foreach (var early in Above(folder).Append(project).Append($"{folder}/packages.lock.json"))
            {
                Assert.True(copied.Any(copy => copy.Source == early && copy.Line < restored), $"deploy/{file.Path} does not copy {early} before it restores.");
            }

            Assert.True(copied.Any(copy => copy.Source == folder + "/" && copy.Line > restored), $"deploy/{file.Path} does not copy {folder}/ behind the restored packages.");
        }

        // Nothing is restored again because of what it is not built from.
        Assert.All(copied.Where(copy => copy.Source.EndsWith(".csproj", StringComparison.Ordinal)), copy => Assert.Contains(copy.Source, needed));
        if (name != "gateway")
        {
            Assert.Contains(copied, copy => copy.Source == "fragments/Shared/");
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_argument_is_declared_and_every_image_has_a_pinned_version(string name)
    {
        var file = Dockerfile.Of(name);
        var arguments = file.All.Where(instruction => instruction.Name == "ARG").ToDictionary(instruction => instruction.Text.Split('=')[0], instruction => instruction.Text.Split('=')[1]);

        foreach (var instruction in file.All)
        {
            Assert.All(Variable().Matches(instruction.Text), match => Assert.True(
                arguments.ContainsKey(match.Groups["name"].Value) || GivenArguments.Contains(match.Groups["name"].Value),
                $"deploy/{file.Path}:{instruction.Line} uses {match.Value}, which nothing declares."));
        }

        Assert.All(file.All.Where(instruction => instruction.Name == "FROM"), instruction => Assert.Matches(
            @"^[\w./-]+:\d[\w.-]*$", Variable().Replace(instruction.Words[0], match => arguments[match.Groups["name"].Value])));
        var framework = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("TargetFramework").Single().Value;
        Assert.Equal(framework, $"net{arguments["DOTNET"]}");
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void An_image_runs_its_program_on_its_port_without_rights(string name)
    {
        var file = Dockerfile.Of(name);
        var program = ShopProgram.Named(name);

        Assert.Equal(["dotnet", program.Assembly], file.EntryPoint);
        Assert.Equal("/app", file.Single("WORKDIR").Text);
        Assert.Equal(program.Ports, file.Ports);
        Assert.Equal($"http://+:{program.Ports[0]}", file.Environment["ASPNETCORE_URLS"]);
        Assert.DoesNotContain(file.Single("USER").Text, (string[])["root", "0", "0:0"]);
        Assert.Equal("/data", file.Single("VOLUME").Text);
        Assert.All(file.Environment.Keys, variable => Assert.Null(SettingName.Problem(program, variable)));
        if (program.IsGateway)
        {
            Assert.Equal(program.Ports[1], new Uri(file.Environment["Stitcher__Management__Url"]).Port);
        }
        else
        {
            Assert.StartsWith("/data/", file.Environment["Database"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_health_check_is_in_the_image_and_asks_an_exposed_port(string name)
    {
        var file = Dockerfile.Of(name);
        Assert.True(file.HealthCheck is ["dotnet", "/probe/Stitcher.Probe.dll", _], $"deploy/{file.Path}: {string.Join(' ', file.HealthCheck)}");

        Assert.Contains(file.Final, instruction => instruction.Name == "COPY" && instruction.Words is ["/out/probe", "/probe"]);
        Assert.Contains("Stitcher.Probe", XDocument.Load(Path.Combine(DeployFiles.Folder, "probe", "Stitcher.Probe.csproj")).Descendants("AssemblyName").Single().Value, StringComparison.Ordinal);
        Assert.Equal(file.Ports[^1], new Uri(file.HealthCheck[^1]).Port);
    }

    [Fact]
    public void The_services_are_built_alike()
    {
        var texts = ShopProgram.Services.Select(program =>
        {
            var project = Path.GetFileName(program.Project);
            var text = DeployFiles.Text($"docker/{program.Name}.Dockerfile");
            return text[text.IndexOf("ARG ", StringComparison.Ordinal)..]
                .Replace(project, "(project)", StringComparison.Ordinal)
                .Replace($"/{program.Name}.db", "/(name).db", StringComparison.Ordinal)
                .Replace($"{program.Ports[0]}", "(port)", StringComparison.Ordinal);
        }).Distinct();

        Assert.Single(texts);
    }

    /// <summary>A project and those it refers to, from the repository's root.</summary>
    private static IEnumerable<string> Closure(string project)
    {
        var file = Path.Combine(Repository.Root, project);
        var references = XDocument.Load(file).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value);
        return references
            .Select(reference => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, reference))))
            .SelectMany(Closure)
            .Append(project);
    }

    /// <summary>What MSBuild reads from the folders above a project without being told.</summary>
    private static IEnumerable<string> Above(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", ".editorconfig"])
            {
                if (File.Exists(Path.Combine(Repository.Root, at, file)))
                {
                    yield return Path.Combine(at, file);
                }
            }
        }
    }

    [GeneratedRegex(@"\$\{?(?<name>\w+)\}?")]
    private static partial Regex Variable();
}
