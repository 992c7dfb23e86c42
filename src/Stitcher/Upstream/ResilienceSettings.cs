using Stitcher.Configuration;

namespace Stitcher.Upstream;

/// <summary>What of a service's options decides how it is asked. Two that are equal share their circuit.</summary>
internal sealed record ResilienceSettings
{
    public static readonly ResilienceSettings Default = From(new ResilienceOptions());

    public required bool Retry { get; init; }

    public required int RetryPercent { get; init; }

    public required int RetryMinimum { get; init; }

    public required int Concurrency { get; init; }

    public required int FallbackConcurrency { get; init; }

    public required bool Hedge { get; init; }

    /// <summary>Zero for what was observed.</summary>
    public required TimeSpan HedgeDelay { get; init; }

    public required double FailureRatio { get; init; }

    public required int MinimumCalls { get; init; }

    public required TimeSpan Sampling { get; init; }

    public required TimeSpan FirstBreak { get; init; }

    public required TimeSpan LongestBreak { get; init; }

    public static ResilienceSettings From(ResilienceOptions options) => new()
    {
        Retry = options.Retry,
        RetryPercent = options.RetryPercent,
        RetryMinimum = options.RetryMinimum,
        Concurrency = options.Concurrency,
        FallbackConcurrency = options.FallbackConcurrency,
        Hedge = options.Hedge,
        HedgeDelay = options.HedgeDelay,
        FailureRatio = options.Circuit.FailurePercent / 100d,
        MinimumCalls = options.Circuit.MinimumCalls,
        Sampling = options.Circuit.Sampling,
        FirstBreak = options.Circuit.FirstBreak,
        LongestBreak = options.Circuit.LongestBreak,
    };
}
