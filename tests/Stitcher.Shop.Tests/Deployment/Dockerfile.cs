using System.Text.Json;
using System.Text.RegularExpressions;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>A Dockerfile of the deployment, as its builder reads it.</summary>
internal sealed partial class Dockerfile
{
    private Dockerfile(string name)
    {
        Name = name;
        All = [.. Read(DeployFiles.Text(Path))];
    }

    /// <summary>The program's name.</summary>
    public string Name { get; }

    public string Path => $"docker/{Name}.Dockerfile";

    public IReadOnlyList<DockerInstruction> All { get; }

    /// <summary>The instructions of the image that runs.</summary>
    public IReadOnlyList<DockerInstruction> Final => [.. All.Skip(All.Index().Last(found => found.Item.Name == "FROM").Index)];

    /// <summary>The values of <c>ENV</c> in the image that runs.</summary>
    public IReadOnlyDictionary<string, string> Environment => Final.Where(instruction => instruction.Name == "ENV")
        .SelectMany(instruction => instruction.Words)
        .Select(word => word.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    public IReadOnlyList<int> Ports => [.. Single("EXPOSE").Words.Select(int.Parse)];

    /// <summary>The health check's command, word by word.</summary>
    public IReadOnlyList<string> HealthCheck => Json(HealthCommand().Match(Single("HEALTHCHECK").Text).Groups["command"].Value);

    public IReadOnlyList<string> EntryPoint => Json(Single("ENTRYPOINT").Text);

    public static Dockerfile Of(string name) => new(name);

    /// <summary>The only instruction of that name in the image that runs.</summary>
    public DockerInstruction Single(string name) => Final.Single(instruction => instruction.Name == name);

    private static IEnumerable<DockerInstruction> Read(string text)
    {
        var begun = 0;
        var line = "";
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            var trimmed = raw.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#')
            {
                continue;
            }

            begun = line.Length == 0 ? index + 1 : begun;
            line += trimmed.TrimEnd('\\');
            if (trimmed[^1] != '\\')
            {
                var parts = line.Split(' ', 2);
                yield return new DockerInstruction(begun, parts[0], parts[1].Trim());
                line = "";
            }
        }
    }

    private static string[] Json(string text) => JsonSerializer.Deserialize<string[]>(text)!;

    [GeneratedRegex(@"CMD (?<command>\[.*\])$")]
    private static partial Regex HealthCommand();
}
