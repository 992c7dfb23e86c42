using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Stitcher.Diagnostics;

namespace Stitcher.Upstream;

/// <summary>The pipeline around every question to a service: total time, one retry, a circuit breaker.</summary>
internal static class ServicePolicies
{
    public static readonly ResiliencePropertyKey<UpstreamCall> Call = new("stitcher.call");

    // A second attempt that gets less than this would most likely end in a timeout as well.
    private static readonly TimeSpan WorthRetrying = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromSeconds(60);

    public static ResiliencePipeline<UpstreamResponse> For(string service, TimeProvider time, ILogger logger) =>
        new ResiliencePipelineBuilder<UpstreamResponse> { Name = service, TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = static args => new(CallOf(args.Context).Total),
            })
            .AddRetry(new RetryStrategyOptions<UpstreamResponse>
            {
                MaxRetryAttempts = 1,
                Delay = Backoff,
                MaxDelay = LongestBackoff,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static args => new(args.Outcome.Result is { } result && IsWorthRetrying(result, CallOf(args.Context))),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<UpstreamResponse>
            {
                // Hystrix's numbers: half of at least ten calls in ten seconds, five seconds of rest.
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDurationGenerator = static args => new(BreakFor(args.HalfOpenAttempts)),
                ShouldHandle = static args => new(args.Outcome.Result is { } result && IsTheServicesFault(result.Failure)),
                OnOpened = args =>
                {
                    logger.CircuitOpened(service, Math.Round(args.BreakDuration.TotalSeconds, 1));
                    return default;
                },
                OnClosed = _ =>
                {
                    logger.CircuitClosed(service);
                    return default;
                },
            })
            .Build();

    private static UpstreamCall CallOf(ResilienceContext context) =>
        context.Properties.TryGetValue(Call, out var call) ? call : throw new InvalidOperationException("The call was not put into its context.");

    // Never after a timeout: the service is slow already. Safe after a broken body, since no byte of it has been shown.
    private static bool IsWorthRetrying(UpstreamResponse response, UpstreamCall call) =>
        call.Remaining >= WorthRetrying && response.Failure switch
        {
            UpstreamFailure.Connect or UpstreamFailure.Broken => true,
            UpstreamFailure.Status => response.Status is 502 or 503 or 504 && response.RetryAfter is null,
            _ => false,
        };

    private static bool IsTheServicesFault(UpstreamFailure failure) => failure is
        UpstreamFailure.Connect or UpstreamFailure.Broken or UpstreamFailure.Timeout or
        UpstreamFailure.Status or UpstreamFailure.Invalid or UpstreamFailure.TooLarge;

    private static TimeSpan BreakFor(int halfOpenAttempts)
    {
        var doubled = FirstBreak * Math.Pow(2, Math.Min(halfOpenAttempts, 10));
        var capped = doubled < LongestBreak ? doubled : LongestBreak;
        return capped * (0.8 + (0.4 * Random.Shared.NextDouble()));
    }
}
