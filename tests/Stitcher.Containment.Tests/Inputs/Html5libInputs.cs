using System.Text;
using Xunit;

namespace Stitcher.Containment.Tests.Inputs;

/// <summary>The tree-construction inputs of the html5lib test suite, read where they lie: beside the source tree.</summary>
internal static class Html5libInputs
{
    private const string Folder = "shared/data/html5lib";

    private static readonly DirectoryInfo? Suite = Find();

    public static bool AreThere => Suite is not null;

    /// <summary>Every input once; skips the test where the suite is not there.</summary>
    public static IReadOnlyList<string> Get()
    {
        Assert.SkipWhen(Suite is null, $"The html5lib inputs are not there: expected {Folder} in the folder that holds the source tree.");
        return [.. Suite!.GetFiles("*.dat").OrderBy(f => f.Name, StringComparer.Ordinal).SelectMany(f => Read(File.ReadAllText(f.FullName, Encoding.UTF8))).Distinct()];
    }

    private static DirectoryInfo? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var suite = new DirectoryInfo(Path.Combine(folder.FullName, Folder));
            if (suite.Exists)
            {
                return suite;
            }
        }

        return null;
    }

    private static IEnumerable<string> Read(string file)
    {
        const string begin = "#data\n";
        const string end = "\n#errors";
        for (var at = file.IndexOf(begin, StringComparison.Ordinal); at >= 0; at = file.IndexOf("\n" + begin, at, StringComparison.Ordinal))
        {
            at = file.IndexOf(begin, at, StringComparison.Ordinal) + begin.Length;
            var close = file.IndexOf(end, at - 1, StringComparison.Ordinal);
            yield return close < at ? "" : file[at..close];
        }
    }
}
