using System.Threading.RateLimiting;
using Polly;
using Polly.Hedging;
using Polly.Retry;
using Polly.Timeout;
using Stitcher.Diagnostics;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>What stands around every question to one service: total time, a second attempt, a question beside a slow one, and the bounds on all of them.</summary>
internal sealed class ServicePolicies
{
    public static readonly ResiliencePropertyKey<UpstreamCall> Call = new("stitcher.call");

    // A second attempt that gets less than this would most likely end in a timeout as well.
    private static readonly TimeSpan WorthRetrying = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan ShortestHedgeDelay = TimeSpan.FromMilliseconds(50);

    private readonly string _service;
    private readonly ResilienceSettings _settings;
    private readonly StitcherMetrics _metrics;
    private readonly Func<bool> _hasChoice;
    private readonly Func<DestinationState, bool> _takesOver;
    private readonly Func<DestinationState, bool> _goesOn;
    private readonly AnswerTimes? _answerTimes;
    private readonly HedgeShare? _hedgeShare;

    /// <param name="service">Its name.</param>
    /// <param name="settings">Its options.</param>
    /// <param name="circuit">Its circuit.</param>
    /// <param name="hasChoice">Whether there are two destinations or more to ask.</param>
    /// <param name="takesOver">Whether another destination can take over the questions of this one.</param>
    /// <param name="goesOn">Whether a second attempt would go to another destination than this one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counts second attempts.</param>
    public ServicePolicies(
        string service,
        ResilienceSettings settings,
        ServiceCircuit circuit,
        Func<bool> hasChoice,
        Func<DestinationState, bool> takesOver,
        Func<DestinationState, bool> goesOn,
        TimeProvider time,
        StitcherMetrics metrics)
    {
        (_service, _settings, _metrics, _hasChoice, _takesOver, _goesOn, Circuit) = (service, settings, metrics, hasChoice, takesOver, goesOn, circuit);
        Budget = new RetryBudget(settings.RetryPercent, settings.RetryMinimum);
        Questions = LimiterOf(settings.Concurrency);
        FallbackQuestions = LimiterOf(settings.FallbackConcurrency);
        var pipeline = new ResiliencePipelineBuilder<UpstreamResponse> { Name = service, TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = static args => new(CallOf(args.Context).Total) });
        if (settings.Retry)
        {
            pipeline.AddRetry(new RetryStrategyOptions<UpstreamResponse>
            {
                MaxRetryAttempts = 1,
                Delay = Backoff,
                MaxDelay = LongestBackoff,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = args => new(PauseBefore(CallOf(args.Context))),
                ShouldHandle = args => new(args.Outcome.Result is { Succeeded: false } result && MayRetry(result, CallOf(args.Context))),
            });
        }

        if (settings.Hedge)
        {
            (_answerTimes, _hedgeShare) = (new AnswerTimes(), new HedgeShare());
            pipeline.AddHedging(new HedgingStrategyOptions<UpstreamResponse>
            {
                MaxHedgedAttempts = 1,
                DelayGenerator = args => new(HedgeDelay(CallOf(args.Context))),
                ActionGenerator = args => TryHedge(CallOf(args.PrimaryContext)) ? () => args.Callback(args.ActionContext) : null,

                // One of two that fails is no reason to give the other up; one alone that fails is the retry's affair.
                ShouldHandle = static args => new(args.Outcome.Result is { Succeeded: false } && Volatile.Read(ref CallOf(args.Context).Unfinished) > 0),
            });
        }

        Pipeline = pipeline.Build();
    }

    public ServiceCircuit Circuit { get; }

    public ResiliencePipeline<UpstreamResponse> Pipeline { get; }

    public RetryBudget Budget { get; }

    public ConcurrencyLimiter Questions { get; }

    public ConcurrencyLimiter FallbackQuestions { get; }

    public int Concurrency => _settings.Concurrency;

    public int FallbackConcurrency => _settings.FallbackConcurrency;

    /// <summary>A question begins.</summary>
    public void Enter()
    {
        Budget.Enter();
        _hedgeShare?.Asked();
    }

    /// <summary>A question is over; what its second attempt held is free again.</summary>
    public void Leave(UpstreamCall call)
    {
        Budget.Leave();
        if (call.HoldsRetry)
        {
            Budget.Return();
        }

        call.HedgeLease?.Dispose();
    }

    /// <summary>An attempt had an answer after so long.</summary>
    public void Answered(TimeSpan time) => _answerTimes?.Add(time);

    private static UpstreamCall CallOf(ResilienceContext context) =>
        context.Properties.TryGetValue(Call, out var call) ? call : throw new InvalidOperationException("The call was not put into its context.");

    // Nobody waits in line: a question that waited would be late.
    private static ConcurrencyLimiter LimiterOf(int permits) => new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });

    // A closed circuit, and room to spare: a service in trouble is not asked more than it would be without the trouble.
    private bool MayAskAgain => Circuit.IsClosed && Budget.Calls * 10L <= _settings.Concurrency * 8L;

    private bool MayRetry(UpstreamResponse response, UpstreamCall call)
    {
        if (call.Attempts != 1 || call.Remaining < WorthRetrying || !IsWorthRetrying(response) || !MayAskAgain)
        {
            return false;
        }

        call.HoldsRetry = !IsOnlyMoved(response, call);
        if (call.HoldsRetry && !Budget.TryTake())
        {
            call.HoldsRetry = false;
            return false;
        }

        call.First = response;
        _metrics.AskedAgain(_service, "retry");
        return true;
    }

    // Never after a timeout: the service is slow already. Safe after a broken body, since no byte of it has been shown.
    private static bool IsWorthRetrying(UpstreamResponse response) => response.Failure switch
    {
        UpstreamFailure.Connect or UpstreamFailure.Broken => true,
        UpstreamFailure.Status => response.Status is 502 or 503 or 504 && response.RetryAfter is null,
        _ => false,
    };

    // Only the one that has just failed needs a moment. Each second attempt that waits keeps its place among those on their way, and others out of it.
    private TimeSpan? PauseBefore(UpstreamCall call) => call.Last is { } failed && _goesOn(failed) ? TimeSpan.Zero : null;

    // Who was not reached, or broke off, has no work of it; a destination that works gets what it would get if the other were out already.
    // A bound would lose pages here in the moment in which an instance dies, and save nobody anything.
    private bool IsOnlyMoved(UpstreamResponse response, UpstreamCall call) =>
        response.Failure is UpstreamFailure.Connect or UpstreamFailure.Broken && call.Last is { } failed && _takesOver(failed);

    private TimeSpan HedgeDelay(UpstreamCall call)
    {
        var slow = _settings.HedgeDelay > TimeSpan.Zero ? _settings.HedgeDelay : _answerTimes!.NinetyFive();
        if (slow is not { } delay || call.MayNotHedge || call.Attempts > 1 || !_hasChoice())
        {
            return Timeout.InfiniteTimeSpan;
        }

        var least = delay > ShortestHedgeDelay ? delay : ShortestHedgeDelay;
        return least < call.Total / 2 ? least : call.Total / 2;
    }

    private bool TryHedge(UpstreamCall call)
    {
        // Refused once is refused for good: asked again it would only be later.
        call.MayNotHedge = true;
        if (call.Attempts != 1 || call.IsAnswered || Volatile.Read(ref call.Unfinished) == 0 || !MayAskAgain || !_hasChoice())
        {
            return false;
        }

        var lease = Questions.AttemptAcquire();
        if (!lease.IsAcquired || !Budget.TryTake())
        {
            lease.Dispose();
            return false;
        }

        if (!_hedgeShare!.TryTake())
        {
            Budget.Return();
            lease.Dispose();
            return false;
        }

        (call.HedgeLease, call.HoldsRetry) = (lease, true);
        _metrics.AskedAgain(_service, "hedge");
        return true;
    }
}
