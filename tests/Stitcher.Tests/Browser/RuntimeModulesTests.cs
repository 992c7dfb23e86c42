using System.Globalization;
using System.Text.RegularExpressions;
using Stitcher.Browser;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests.Browser;

public sealed partial class RuntimeModulesTests
{
    // The readme rounds.
    private const double Tolerance = 0.05;

    [Fact]
    public void The_readme_tells_how_much_of_the_gateways_own_script_a_browser_fetches()
    {
        var told = Sizes().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "Stitcher", "README.md")));
        string[] order = ["@stitcher/bus", "@stitcher/live", "@stitcher/live/fragments", "@stitcher/live/forms", "@stitcher/live/pages"];

        Assert.All(order.Zip(told), pair =>
        {
            var module = RuntimeModules.All.Single(module => module.Specifier == pair.First);
            Assert.InRange(module.Bytes.Length / 1000.0, Kilobytes(pair.Second, "sent", -Tolerance), Kilobytes(pair.Second, "sent", Tolerance));
            Assert.InRange(module.Brotli.Length / 1000.0, Kilobytes(pair.Second, "compressed", -Tolerance), Kilobytes(pair.Second, "compressed", Tolerance));
        });
        Assert.Equal((order.Length, order.Length), (told.Count, RuntimeModules.All.Length));
    }

    private static double Kilobytes(Match match, string group, double by) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) * (1 + by);

    [GeneratedRegex(@"(?<sent>\d+\.\d+) KB, (?<compressed>\d+\.\d+) KB")]
    private static partial Regex Sizes();
}
