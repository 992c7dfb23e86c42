namespace Stitcher.Fetching;

/// <summary>The words for outcomes and causes in log, metrics, plan and <c>Server-Timing</c>: operators search for them, so they stay as they are.</summary>
internal static class SlotOutcomeNames
{
    public static string Name(this SlotOutcome outcome) => outcome switch
    {
        SlotOutcome.Fresh => "fresh",
        SlotOutcome.Cached => "cached",
        SlotOutcome.Stale => "stale",
        SlotOutcome.FallbackFragment => "fallback-fragment",
        SlotOutcome.Empty => "empty",
        _ => "failed",
    };

    public static string Name(this SlotFailure failure) => failure switch
    {
        SlotFailure.None => "none",
        SlotFailure.UnknownFragment => "unknown-fragment",
        SlotFailure.BadParameter => "bad-parameter",
        SlotFailure.Connect => "connect",
        SlotFailure.Timeout => "timeout",
        SlotFailure.Invalid => "invalid",
        SlotFailure.CircuitOpen => "circuit-open",
        SlotFailure.Overloaded => "overloaded",
        SlotFailure.Answered => "answered",
        SlotFailure.Refused => "refused",
        SlotFailure.Cycle => "cycle",
        SlotFailure.TooDeep => "too-deep",
        SlotFailure.ClientGone => "client-gone",
        _ => "defect",
    };
}
