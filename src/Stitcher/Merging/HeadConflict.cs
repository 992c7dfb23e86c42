namespace Stitcher.Merging;

/// <summary>Two fragments of a page say different things in the same part of the head; the rules decided for one of them.</summary>
/// <param name="Part">Which part: <c>meta description</c>.</param>
/// <param name="Kept">The slot whose part is shown.</param>
/// <param name="Dropped">The slot whose part is left out.</param>
internal sealed record HeadConflict(string Part, int Kept, int Dropped)
{
    private const int LongestName = 64;

    /// <summary>The part in words that can stand in a log: its name is the service's.</summary>
    public string PartInWords =>
        string.Concat(Part.Take(LongestName).Select(c => char.IsControl(c) ? '?' : c)) + (Part.Length > LongestName ? "…" : "");
}
