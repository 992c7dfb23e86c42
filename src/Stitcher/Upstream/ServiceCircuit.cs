using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Stitcher.Diagnostics;

namespace Stitcher.Upstream;

/// <summary>
/// A service's circuit, Polly's, told of verdicts. Polly takes whatever is not a failure for a success, dilutes the ratio by it, and closes a
/// half-open circuit on it; so an attempt that says nothing must not pass through. While the circuit is closed attempts run beside it and only
/// verdicts are put through; the one that tries an open circuit again runs inside, and if it says nothing, the next question tries.
/// </summary>
internal sealed class ServiceCircuit
{
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<Verdict> _breaker;
    private readonly ResilienceSettings _settings;
    private readonly string _service;
    private readonly TimeProvider _time;
    private readonly StitcherMetrics _metrics;
    private readonly ILogger _logger;
    private int _breaks;
    private bool _saidNothing;
    private long _openUntil;

    public ServiceCircuit(string service, ResilienceSettings settings, TimeProvider time, StitcherMetrics metrics, ILogger logger)
    {
        (_service, _settings, _time, _metrics, _logger) = (service, settings, time, metrics, logger);
        _breaker = new ResiliencePipelineBuilder<Verdict> { Name = service, TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Verdict>
            {
                FailureRatio = settings.FailureRatio,
                MinimumThroughput = settings.MinimumCalls,
                SamplingDuration = settings.Sampling,
                StateProvider = _state,
                ShouldHandle = static args => new(args.Outcome.Result != Verdict.Well),
                BreakDurationGenerator = _ => new(NextBreak()),
                OnHalfOpened = _ => Tell(1),
                OnOpened = args => args.BreakDuration == TimeSpan.Zero ? Tell(2) : TellOpened(args.BreakDuration),
                OnClosed = _ => TellClosed(),
            })
            .Build();
    }

    public bool IsClosed => _state.CircuitState == CircuitState.Closed;

    /// <summary><c>closed</c>, <c>open</c>, or <c>half-open</c> while one question tries the service again.</summary>
    public string Name => _state.CircuitState switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half-open",
        _ => "open",
    };

    /// <summary>When an open circuit lets a question through at the earliest; null when it is closed.</summary>
    public DateTimeOffset? OpenUntil => IsClosed ? null : new DateTimeOffset(Volatile.Read(ref _openUntil), TimeSpan.Zero);

    /// <summary>Takes note of an attempt that began while the circuit was closed. If it has opened since, the attempt is no news.</summary>
    public ValueTask RecordAsync(Verdict verdict) => verdict != Verdict.None && IsClosed ? PutThroughAsync(verdict) : default;

    /// <summary>Runs an attempt while the circuit is not closed: one alone, after the rest; all others are turned away.</summary>
    /// <param name="attempt">The attempt, with the response that it leaves behind.</param>
    /// <param name="context">Its context.</param>
    /// <returns>Whether it ran.</returns>
    public async ValueTask<bool> TryAsync(CircuitTrial attempt, ResilienceContext context)
    {
        var outcome = await _breaker.ExecuteOutcomeAsync(
            static async (context, state) =>
            {
                var verdict = await state.Attempt.RunAsync(context);
                state.Circuit._saidNothing = verdict == Verdict.None;
                return Outcome.FromResult(verdict);
            },
            context,
            (Circuit: this, Attempt: attempt));
        return outcome.Exception is null;
    }

    // In a context of its own: the attempt's may be cancelled, and then Polly would not look at the verdict.
    private async ValueTask PutThroughAsync(Verdict verdict)
    {
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        try
        {
            await _breaker.ExecuteOutcomeAsync(static (_, verdict) => Outcome.FromResultAsValueTask(verdict), context, verdict);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private TimeSpan NextBreak()
    {
        if (_saidNothing)
        {
            _saidNothing = false;
            return TimeSpan.Zero;
        }

        var doubled = _settings.FirstBreak * Math.Pow(2, Math.Min(_breaks++, 20));
        var capped = doubled < _settings.LongestBreak ? doubled : _settings.LongestBreak;

        // Many gateways that lost a service together should not come back to it together.
        var rest = capped * (0.8 + (0.4 * Random.Shared.NextDouble()));
        Volatile.Write(ref _openUntil, (_time.GetUtcNow() + rest).UtcTicks);
        return rest;
    }

    private ValueTask Tell(int state)
    {
        _metrics.CircuitIs(_service, state);
        return default;
    }

    private ValueTask TellOpened(TimeSpan rest)
    {
        _logger.CircuitOpened(_service, Math.Round(rest.TotalSeconds, 1));
        return Tell(2);
    }

    private ValueTask TellClosed()
    {
        _breaks = 0;
        _logger.CircuitClosed(_service);
        return Tell(0);
    }
}
