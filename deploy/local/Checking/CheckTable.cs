using System.Globalization;

namespace Stitcher.Local.Checking;

/// <summary>The rows as text, columns under each other.</summary>
internal static class CheckTable
{
    private static readonly string[] Titles = ["page", "status", "part", "service", "verdict", "bytes", "ms"];

    /// <summary>The table's lines, titles first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<CheckRow> rows)
    {
        var cells = rows.Select(Cells).Prepend(Titles).ToArray();
        var widths = Enumerable.Range(0, Titles.Length).Select(column => cells.Max(row => row[column].Length)).ToArray();
        return cells.Select(row => string.Join("  ", row.Select((cell, column) => IsNumber(column)
            ? cell.PadLeft(widths[column])
            : cell.PadRight(widths[column]))).TrimEnd());
    }

    private static bool IsNumber(int column) => column >= Titles.Length - 2;

    private static string[] Cells(CheckRow row) =>
    [
        row.Status is null ? "" : row.Page,
        row.Status?.ToString(CultureInfo.InvariantCulture) ?? "",
        row.Part,
        row.Owner,
        row.Good ? row.Verdict : $"NO: {row.Verdict}",
        row.Bytes?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
        row.Elapsed?.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture) ?? "",
    ];
}
