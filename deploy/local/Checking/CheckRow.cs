namespace Stitcher.Local.Checking;

/// <summary>One line of the table.</summary>
/// <param name="Page">The page's path.</param>
/// <param name="Status">The page's status; null on the lines about its parts.</param>
/// <param name="Part">What the line is about: the page, a slot, the import map, the files it loads.</param>
/// <param name="Owner">Who has to answer for it.</param>
/// <param name="Good">Whether it is as it must be.</param>
/// <param name="Verdict">In words.</param>
/// <param name="Bytes">Of the page, or of the fragment as its service sends it.</param>
/// <param name="Elapsed">How long the answer took.</param>
internal sealed record CheckRow(
    string Page, int? Status, string Part, string Owner, bool Good, string Verdict, long? Bytes = null, TimeSpan? Elapsed = null);
