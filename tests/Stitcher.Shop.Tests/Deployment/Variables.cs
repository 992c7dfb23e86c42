using System.Text.RegularExpressions;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>The variables with which nginx' templates are filled in.</summary>
internal static partial class Variables
{
    /// <summary>Those that a template, or several, want.</summary>
    public static IReadOnlyList<string> Of(params string[] templates) =>
        [.. templates.SelectMany(template => Written().Matches(DeployFiles.Text(template))).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The text with every variable's value in its place.</summary>
    public static string FillIn(string template, IReadOnlyDictionary<string, string> values) =>
        Written().Replace(DeployFiles.Text(template), match => values[match.Groups["name"].Value]);

    /// <summary>What compose makes of <c>${NAME:-default}</c> where nobody sets the variable.</summary>
    public static string Default(string value) => WithDefault().Replace(value, match => match.Groups["default"].Value);

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)\}")]
    private static partial Regex Written();

    [GeneratedRegex(@"\$\{\w+:-(?<default>[^}]*)\}")]
    private static partial Regex WithDefault();
}
