using System.Text.RegularExpressions;
using Stitcher.TestKit;

namespace Stitcher.Shop.Tests;

/// <summary>The repository's readme, as its readers use it.</summary>
internal static partial class EndToEndReadme
{
    /// <summary>The port that its example service listens on.</summary>
    public const string Port = "4100";

    public static string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    /// <summary>Where its links and pictures lead inside the repository.</summary>
    public static IEnumerable<string> LocalLinks =>
        Link().Matches(Text).Select(link => link.Groups["to"].Value).Where(to => !to.Contains("://", StringComparison.Ordinal));

    /// <summary>What its code names as a folder or a file: <c>src/Stitcher</c>.</summary>
    public static IEnumerable<string> NamedPaths => NamedPath().Matches(Text).Select(path => path.Groups["path"].Value);

    /// <summary>The code blocks of a language, in order.</summary>
    public static string[] Blocks(string language) =>
        [.. Block().Matches(Text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    [GeneratedRegex(@"\]\((?<to>[^)#]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(src|gateway|fragments|deploy|tests)(/[\w.]+)*)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
