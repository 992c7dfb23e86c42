using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Stitcher.Diagnostics;

namespace Stitcher.Upstream;

/// <summary>
/// A service's circuit, Polly's, told of verdicts. Polly takes whatever is not a failure for a success, dilutes the ratio by it, and closes a
/// half-open circuit on it; so an attempt that says nothing must not pass through. While the circuit is closed questions run beside it and only
/// verdicts are put through; the one that tries an open circuit again runs inside, and if it says nothing, the next question tries.
/// </summary>
internal sealed class ServiceCircuit
{
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ResiliencePipeline<Verdict> _breaker;
    private readonly ResilienceSettings _settings;
    private readonly string _service;
    private readonly TimeProvider _time;
    private readonly StitcherMetrics _metrics;
    private readonly ILogger _logger;
    private int _breaks;
    private int _inARow;
    private long _inARowSince;
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
                ManualControl = _control,
                ShouldHandle = static args => new(args.Outcome.Result != Verdict.Well),
                BreakDurationGenerator = _ => new(NextBreak()),
                OnHalfOpened = _ => Tell(1),
                OnOpened = args => args.BreakDuration == TimeSpan.Zero ? Tell(2) : TellOpened(args.BreakDuration),
                OnClosed = args => args.IsManual ? default : TellClosed(),
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

    /// <summary>
    /// Takes note of a question that began while the circuit was closed. If it has opened since, the question is no news. As many failures in a row as
    /// are enough to judge by open it whatever was before: at a high rate the good answers of the last ten seconds outweigh an outage for as long again.
    /// </summary>
    public async ValueTask RecordAsync(Verdict verdict)
    {
        if (verdict == Verdict.None || !IsClosed)
        {
            return;
        }

        if (verdict == Verdict.Failed && IsLastOfARow())
        {
            // What Polly counted is forgotten, and the row counts alone.
            await _control.CloseAsync();
            for (var i = 1; i < _settings.MinimumCalls; i++)
            {
                await PutThroughAsync(verdict);
            }
        }
        else if (verdict == Verdict.Well && Volatile.Read(ref _inARow) != 0)
        {
            Volatile.Write(ref _inARow, 0);
        }

        await PutThroughAsync(verdict);
    }

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

    // True for one failure of a row alone. A row that lasts longer than Polly looks back begins anew.
    private bool IsLastOfARow()
    {
        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(Volatile.Read(ref _inARowSince), now) > _settings.Sampling)
        {
            Volatile.Write(ref _inARow, 0);
        }

        var count = Interlocked.Increment(ref _inARow);
        if (count == 1)
        {
            Volatile.Write(ref _inARowSince, now);
        }

        return count == _settings.MinimumCalls;
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

        // Many gateways that lost a service together should not come back to it together. Shorter, never longer: a service that is back while its circuit
        // rests for the second time is shown again within those ten seconds.
        var rest = capped * (0.8 + (0.2 * Random.Shared.NextDouble()));
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
        Volatile.Write(ref _inARow, 0);
        _logger.CircuitClosed(_service);
        return Tell(0);
    }
}
