namespace Stitcher.Chaos.Scenarios;

/// <summary>One thing that is done during a run.</summary>
/// <param name="At">When, in seconds of a run of 60 s; other lengths stretch it.</param>
/// <param name="What">In words.</param>
/// <param name="DoAsync">Does it.</param>
internal sealed record Step(double At, string What, Func<ScenarioStage, Task> DoAsync);
