using System.Text.RegularExpressions;
using System.Xml.Linq;
using Stitcher.Configuration;
using Stitcher.TestKit;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>One of the five programs that are deployed, as its own sources describe it.</summary>
/// <param name="Name">Its name in every file of the deployment.</param>
/// <param name="Project">Its folder from the repository's root.</param>
internal sealed partial record ShopProgram(string Name, string Project)
{
    private static readonly string[] CommonSources = ["fragments/Shared", "src/Stitcher.Fragments"];

    public static IReadOnlyList<ShopProgram> All { get; } =
        [new("gateway", "gateway"), .. RunningShop.Projects.Select(project => new ShopProgram(project.Key, project.Value))];

    public static IEnumerable<ShopProgram> Services => All.Skip(1);

    public static ShopProgram Named(string name) => All.Single(program => program.Name == name);

    public bool IsGateway => Name == "gateway";

    public string Folder => Path.Combine(Repository.Root, Project);

    /// <summary>The project's file, from the repository's root.</summary>
    public string ProjectFile => $"{Project}/{Path.GetFileName(Directory.EnumerateFiles(Folder, "*.csproj").Single())}";

    /// <summary>What is started.</summary>
    public string Assembly => $"{XDocument.Load(Path.Combine(Repository.Root, ProjectFile)).Descendants("AssemblyName").SingleOrDefault()?.Value
        ?? Path.GetFileNameWithoutExtension(ProjectFile)}.dll";

    /// <summary>Where it listens when nothing else is said, the public port first.</summary>
    public IReadOnlyList<int> Ports => IsGateway
        ? [PortIn("GatewayEdge.cs"), new Uri(new ManagementOptions().Url).Port]
        : [PortIn("Program.cs")];

    /// <summary>Whether one of its sources has the word in a text of its own, or as an option.</summary>
    public bool Knows(string word) => Sources.Any(source => Regex.IsMatch(source, $"[\":]{Regex.Escape(word)}[\":]|{Regex.Escape(word)} {{ get; (set|init); }}"));

    private IEnumerable<string> Sources => (IsGateway ? [Project] : CommonSources.Prepend(Project))
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .Append(Path.Combine(Folder, "appsettings.json"))
        .Select(File.ReadAllText);

    private int PortIn(string source) => int.Parse(
        LocalAddress().Match(File.ReadAllText(Path.Combine(Folder, source))).Groups["port"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"""http://localhost:(?<port>\d+)""")]
    private static partial Regex LocalAddress();
}
