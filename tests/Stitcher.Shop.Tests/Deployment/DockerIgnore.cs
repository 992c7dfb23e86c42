using System.Text.RegularExpressions;
using Stitcher.TestKit;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>What <c>.dockerignore</c> lets into a build: the last rule that meets a path decides.</summary>
internal static class DockerIgnore
{
    private static readonly (bool LetsIn, Regex Path)[] Rules =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, ".dockerignore"))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => (line[0] == '!', Pattern(line.TrimStart('!')))),
    ];

    /// <param name="path">From the repository's root, with slashes.</param>
    public static bool LetsIn(string path) => Rules.LastOrDefault(rule => rule.Path.IsMatch(path), (LetsIn: true, Path: null!)).LetsIn;

    // A rule for a folder is one for everything in it.
    private static Regex Pattern(string rule) => new(
        "^" + Regex.Escape(rule).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "(/.*)?$");
}
