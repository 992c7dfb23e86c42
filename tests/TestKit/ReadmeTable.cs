namespace Stitcher.TestKit;

/// <summary>A table of a readme, for the tests that hold it to what it says.</summary>
public static class ReadmeTable
{
    /// <summary>What stands in a cell that says "there is none".</summary>
    public const string None = "—";

    /// <summary>The cells of its rows, without their spaces.</summary>
    /// <param name="file">The readme, from the repository's root.</param>
    /// <param name="first">The heading of the table's first column.</param>
    /// <exception cref="InvalidOperationException">There is no such table, or a row has more or fewer cells than the heading.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(string file, string first)
    {
        var lines = File.ReadLines(Path.Combine(Repository.Root, file))
            .SkipWhile(line => !line.StartsWith($"| {first} |", StringComparison.Ordinal))
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToArray();
        return lines is [var head, _, .. var rows] && rows.Length > 0 && Array.TrueForAll(rows, row => row.Length == head.Length && !row.Contains(""))
            ? rows
            : throw new InvalidOperationException($"{file} has no table that begins with '{first}' and has something in each of its cells.");
    }
}
