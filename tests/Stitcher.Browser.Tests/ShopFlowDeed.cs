using System.Reflection;
using System.Text.RegularExpressions;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>Something that people do in the shop, as <c>fragments/README.md</c> has it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Tests">The tests in which somebody does it while all is well.</param>
/// <param name="Without">By a service's name, what comes of it while that one is gone.</param>
internal sealed partial record ShopFlowDeed(string Name, IReadOnlyList<MethodInfo> Tests, IReadOnlyDictionary<string, string> Without)
{
    private const string GoesOn = "goes on";

    /// <summary>What the readme calls a test, and which it is.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> Proofs { get; } =
        ReadmeTable.Rows(ExposedThing.Readme, "proof").ToDictionary(static row => row[0].Split('*')[1], static row => Method(row[1].Trim('`').Split('.')));

    /// <summary>The whole table.</summary>
    public static IReadOnlyDictionary<string, ShopFlowDeed> All { get; } = ReadmeTable.Rows(ExposedThing.Readme, "what people do").ToDictionary(
        static row => row[0],
        static row => new ShopFlowDeed(
            row[0],
            [.. row[1].Split(", ").Select(static word => Proofs[word.Trim('*')])],
            RunningShop.Projects.Keys.Zip(row.Skip(2)).ToDictionary(static pair => pair.First, static pair => pair.Second)));

    /// <summary>What the page says when it cannot be done without a service, or null when that does not matter to it. There may be one sentence for scripts and one for forms.</summary>
    public Regex? RefusalWithout(string service)
    {
        var cell = Without[service];
        if (cell == GoesOn)
        {
            return null;
        }

        var sentences = Sentence().Matches(cell).Select(static match => Regex.Escape(match.Groups[1].Value)).ToArray();
        Assert.True(sentences.Length > 0, $"'{Name}' without {service} is '{cell}', neither '{GoesOn}' nor a sentence in “”.");
        return new Regex(string.Join('|', sentences));
    }

    private static MethodInfo Method(string[] name)
    {
        var type = Assert.Single(typeof(ShopFlowDeed).Assembly.GetTypes(), type => type.Name == name[0]);
        return type.GetMethod(name[1]) ?? throw new InvalidOperationException($"{ExposedThing.Readme} names the test {name[1]}, which {name[0]} does not have.");
    }

    [GeneratedRegex("“([^”]+)”")]
    private static partial Regex Sentence();
}
