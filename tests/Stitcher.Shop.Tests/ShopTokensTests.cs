using System.Text.RegularExpressions;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>One source for the shop's look: the page's style sheet. What scripts and fragments know of it must be the same.</summary>
public sealed partial class ShopTokensTests
{
    private static readonly string Sheet = File.ReadAllText(Path.Combine(Repository.Root, "gateway", "wwwroot", "shop.css"));

    private static readonly Dictionary<string, string> Tokens = Definition().Matches(Root().Match(Sheet).Value)
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);

    public static TheoryData<string> Fragments => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "fragments"), "*.css", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Where(file => file.Split(Path.DirectorySeparatorChar) is var folders && folders.Contains("assets") && !folders.Any(folder => folder is "bin" or "obj" or "node_modules"))];

    [Fact]
    public void Scripts_know_the_tokens_of_the_page_and_no_values_of_their_own()
    {
        var module = File.ReadAllText(Path.Combine(Repository.Root, "fragments", "AnalyticsService", "wwwroot", "assets", "tokens-1.1.0.js"));

        var names = Quoted().Matches(Names().Match(module).Groups[1].Value).Select(match => match.Groups[1].Value).ToArray();
        Assert.InRange(names.Length, 15, 40);
        Assert.All(names, name => Assert.True(Tokens.ContainsKey(name), $"--{name} is not in shop.css"));
        Assert.DoesNotMatch("#[0-9a-f]{3,8}\\b|rgb\\(|oklch\\(", module);
    }

    [Theory]
    [MemberData(nameof(Fragments))]
    public void What_a_fragment_falls_back_on_is_what_the_page_would_say(string sheet)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, sheet));

        foreach (Match use in Fallback().Matches(text))
        {
            var (name, value) = (use.Groups["name"].Value, use.Groups["value"].Value);
            Assert.True(Tokens.TryGetValue(name, out var token), $"{sheet} uses --{name}, which shop.css does not have");
            Assert.True(token == value || token == $"light-dark({value}, {value})", $"{sheet} falls back on {value} for --{name}, which is {token}");
        }
    }

    [Theory]
    [MemberData(nameof(Fragments))]
    public void A_fragments_sheet_reaches_nothing_outside_its_root(string sheet)
    {
        var text = Comment().Replace(File.ReadAllText(Path.Combine(Repository.Root, sheet)), "");
        var selectors = Rule().Matches(text).Select(match => match.Groups[1].Value.Trim()).Where(head => !head.StartsWith('@'))
            .SelectMany(head => Comma().Split(head)).Select(selector => selector.Trim()).ToArray();

        // The first rule is the root's: it takes the page's tokens.
        var roots = Comma().Split(Rule().Match(text).Groups[1].Value).Select(root => root.Trim()).ToArray();
        Assert.All(roots, root => Assert.Matches(@"^\.[a-z]+(-[a-z]+)*$", root));
        Assert.NotEmpty(selectors);
        Assert.All(selectors, selector => Assert.Contains(roots, root => Regex.IsMatch(selector, $@"^{Regex.Escape(root)}(?![\w-])(?!\s*[+~])")));
        Assert.All(roots, root => Assert.DoesNotContain($"{root} ", Sheet, StringComparison.Ordinal));
        Assert.DoesNotMatch("@(keyframes|font-face|property|layer|import)", text);
    }

    [Fact]
    public void What_is_busy_stays_as_readable_as_it_was()
    {
        var busy = Regex.Matches(Sheet, @"[^{};]*\[aria-busy[^{]*\{[^}]*\}").Select(match => match.Value).ToArray();

        Assert.InRange(busy.Length, 2, 10);
        Assert.All(busy, rule => Assert.DoesNotMatch("opacity|filter|(?<!background-)color:|visibility", rule));
    }

    [Fact]
    public void The_style_guide_names_every_part_that_there_is()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "fragments", "README.md"));
        var parts = Sheet[Sheet.IndexOf("@layer parts {", StringComparison.Ordinal)..Sheet.IndexOf("/* ── Foot ── */", StringComparison.Ordinal)];

        var names = Class().Matches(parts).Select(match => match.Groups[1].Value).Distinct().ToArray();
        Assert.InRange(names.Length, 25, 100);
        Assert.All(names, name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    [GeneratedRegex(@":root \{[^}]+\}")]
    private static partial Regex Root();

    [GeneratedRegex(@"--(?<name>[a-z-]+):\s*(?<value>[^;]+);")]
    private static partial Regex Definition();

    [GeneratedRegex(@"names = \[([^\]]+)\]")]
    private static partial Regex Names();

    [GeneratedRegex("'([a-z-]+)'")]
    private static partial Regex Quoted();

    // Colours only: a stack of fonts may be shorter.
    [GeneratedRegex(@"var\(--(?<name>[a-z-]+),\s*(?<value>light-dark\([^)]*\)|#[0-9a-f]{3,8})\)")]
    private static partial Regex Fallback();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"([^{};]+)\{")]
    private static partial Regex Rule();

    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Comma();

    [GeneratedRegex(@"(?<=^|[\s,>])\.([a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex Class();
}
