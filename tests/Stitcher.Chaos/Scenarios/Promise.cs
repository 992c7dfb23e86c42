namespace Stitcher.Chaos.Scenarios;

/// <summary>One target of a scenario.</summary>
/// <param name="Text">What is promised.</param>
/// <param name="Ask">Whether a run kept it, and what was seen.</param>
internal sealed record Promise(string Text, Func<RunFigures, (bool Kept, string Seen)> Ask);
