namespace Stitcher.Chaos.Reports;

/// <summary>What became of one promise.</summary>
/// <param name="Text">The promise.</param>
/// <param name="Kept">Whether it was kept.</param>
/// <param name="Seen">What was seen.</param>
internal sealed record PromiseAnswer(string Text, bool Kept, string Seen);
