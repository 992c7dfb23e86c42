namespace Stitcher;

/// <summary>When the session of a request began: one that only tells more of the same user is as old as the one it replaces.</summary>
internal sealed record SessionBeginning(DateTimeOffset At);
