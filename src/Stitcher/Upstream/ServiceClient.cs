using System.Globalization;
using System.Net;
using Polly;
using Polly.Timeout;
using Stitcher.Diagnostics;
using Stitcher.Federation;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>
/// Asks one service for one thing: the destination by the proxy's choice, time and retries by Polly, the body complete before it returns.
/// Never throws for the service's sake.
/// </summary>
internal sealed class ServiceClient
{
    private readonly string _service;
    private readonly string _cluster;
    private readonly ServiceDestinations _destinations;
    private readonly DestinationOutcomes _outcomes;
    private readonly ServicePolicies _policies;
    private readonly TimeProvider _time;
    private readonly StitcherMetrics _metrics;
    private readonly ServiceClient _main;
    private volatile bool _isAnswering = true;

    public ServiceClient(
        string service, string cluster, ServiceDestinations destinations, DestinationOutcomes outcomes, ServicePolicies policies, TimeProvider time, StitcherMetrics metrics)
    {
        (_service, _cluster, _destinations, _outcomes, _policies, _time, _metrics) = (service, cluster, destinations, outcomes, policies, time, metrics);
        _main = this;
        AsFallback = new ServiceClient(this);
    }

    private ServiceClient(ServiceClient main)
    {
        (_service, _cluster, _destinations, _outcomes, _policies, _time, _metrics) =
            (main._service, main._cluster, main._destinations, main._outcomes, main._policies, main._time, main._metrics);
        _main = main;
        AsFallback = this;
    }

    /// <summary>Whether the last question had an answer, whatever it said. What a page tells ahead of a fragment is worthless without one.</summary>
    public bool IsAnswering => _main._isAnswering;

    /// <summary>The same service, asked for what stands in for another fragment: within a bound of its own.</summary>
    public ServiceClient AsFallback { get; }

    public ServiceCircuit Circuit => _policies.Circuit;

    /// <summary>How many questions are on their way.</summary>
    public int InFlight => _policies.Budget.Calls;

    /// <summary>How many may be, stand-ins aside.</summary>
    public int Concurrency => _policies.Concurrency;

    private bool IsFallback => _main != this;

    /// <param name="request">What to ask for.</param>
    /// <param name="total">The time from now to the last byte, retries included.</param>
    /// <param name="terms">What the answer may be.</param>
    /// <param name="clientGone">Fires when nobody waits any more.</param>
    /// <param name="own">The time that the fragment has when nothing else takes from it; <paramref name="total"/> when left out. A timeout after less
    /// than half of it is not held against the service.</param>
    /// <param name="known">What the gateway holds already; with it the answer may be a 304.</param>
    public async ValueTask<UpstreamResponse> SendAsync(
        UpstreamRequest request, TimeSpan total, ResponseTerms terms, CancellationToken clientGone, TimeSpan own = default, Validators known = default)
    {
        using var lease = (IsFallback ? _policies.FallbackQuestions : _policies.Questions).AttemptAcquire();
        if (!lease.IsAcquired)
        {
            return Overloaded();
        }

        var call = new UpstreamCall(request, total, own, terms, _time, clientGone) { Known = known };
        var context = ResilienceContextPool.Shared.Get(clientGone);
        _policies.Enter();
        try
        {
            context.Properties.Set(ServicePolicies.Call, call);
            var outcome = await _policies.Pipeline.ExecuteOutcomeAsync(
                static async (context, state) => Outcome.FromResult(await state.Client.AttemptAsync(state.Call, context)),
                context,
                (Client: this, Call: call));
            var response = outcome.Result ?? Explain(outcome.Exception!, call);
            response.MayPass = call.Attempts == 1 && response.Failure is (UpstreamFailure.Connect or UpstreamFailure.Broken) && _destinations.WorksWithout(_cluster, call.Last);
            await Circuit.RecordAsync(VerdictOn(response, call));
            _main._isAnswering = response.Failure switch
            {
                UpstreamFailure.ClientGone => _main._isAnswering,
                UpstreamFailure.Connect or UpstreamFailure.NoDestination or UpstreamFailure.Broken or UpstreamFailure.Timeout or UpstreamFailure.CircuitOpen => false,
                _ => true,
            };
            return response;
        }
        finally
        {
            _policies.Leave(call);
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private UpstreamResponse Overloaded()
    {
        _metrics.ServiceOverloaded(_service);
        return UpstreamResponse.Failed(UpstreamFailure.Overloaded, IsFallback
            ? $"{_policies.FallbackConcurrency} questions of stand-ins are on their way already (the service's Resilience:FallbackConcurrency)"
            : $"{_policies.Concurrency} questions are on their way already (the service's Resilience:Concurrency)");
    }

    private ValueTask<UpstreamResponse> AttemptAsync(UpstreamCall call, ResilienceContext context) =>
        Circuit.IsClosed ? AskAsync(call, context.CancellationToken) : TryAgainAsync(call, context);

    // The circuit learns of questions, not of attempts: one that a second destination answered was answered. Of a destination that is out already,
    // the questions that were still on their way there say nothing of the others.
    private static Verdict VerdictOn(UpstreamResponse response, UpstreamCall call)
    {
        var verdict = Verdicts.OnService(response, call);
        return verdict == Verdict.Failed && call.Attempts == 1 && call.Last is { } last && DestinationOutcomes.IsOut(last) ? Verdict.None : verdict;
    }

    private async ValueTask<UpstreamResponse> TryAgainAsync(UpstreamCall call, ResilienceContext context)
    {
        var trial = new CircuitTrial(context => AskAsync(call, context.CancellationToken), call);
        await Circuit.TryAsync(trial, context);

        // A circuit that opened between two attempts must not hide why the first one failed.
        return trial.Response ?? call.First ?? UpstreamResponse.Failed(UpstreamFailure.CircuitOpen, "the service failed too often lately and was not asked");
    }

    private async ValueTask<UpstreamResponse> AskAsync(UpstreamCall call, CancellationToken token)
    {
        if (!_destinations.TryChoose(_cluster, call.Last, out var choice))
        {
            return UpstreamResponse.Failed(UpstreamFailure.NoDestination, $"cluster '{_cluster}' has no available destination");
        }

        call.Last = choice.Destination;
        var attempt = call.BeginAttempt();
        var before = call.Elapsed;
        Interlocked.Increment(ref call.Unfinished);
        UpstreamResponse answer;
        try
        {
            using var message = CreateMessage(call, attempt, choice.Destination.Model);
            using var response = await choice.Cluster.Model.HttpClient.SendAsync(message, token);
            answer = await ResponseReader.ReadAsync(response, call.Terms, isConditional: !call.Known.IsEmpty, _time, token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or UriFormatException)
        {
            answer = Explain(exception, call);
        }

        Interlocked.Decrement(ref call.Unfinished);
        if (answer.Succeeded)
        {
            call.IsAnswered = true;
            _policies.Answered(call.Elapsed - before);
        }

        _outcomes.Report(choice, Verdicts.OnDestination(answer, call));
        return answer;
    }

    private static HttpRequestMessage CreateMessage(UpstreamCall call, int attempt, DestinationModel destination)
    {
        var address = call.Request.At(destination);
        var message = new HttpRequestMessage(HttpMethod.Get, address);
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            message.Version = HttpVersion.Version20;
            message.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }

        var headers = message.Headers;
        headers.TryAddWithoutValidation("Accept", "text/html");
        headers.TryAddWithoutValidation("Accept-Encoding", call.Terms.Gzip ? "gzip" : "identity");
        headers.TryAddWithoutValidation(FragmentHeaders.Fragment, call.Request.Fragment);
        headers.TryAddWithoutValidation(FragmentHeaders.DeadlineMilliseconds, ((long)call.Remaining.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        if (call.Known.ETag is { } etag)
        {
            headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (call.Known.LastModified is { } lastModified)
        {
            headers.TryAddWithoutValidation("If-Modified-Since", lastModified);
        }

        foreach (var header in call.Request.Headers)
        {
            headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (attempt > 1)
        {
            headers.TryAddWithoutValidation(FragmentHeaders.Attempt, attempt.ToString(CultureInfo.InvariantCulture));
        }

        return message;
    }

    private static UpstreamResponse Explain(Exception exception, UpstreamCall call) => exception switch
    {
        _ when call.ClientGone.IsCancellationRequested => UpstreamResponse.Failed(UpstreamFailure.ClientGone, null),
        OperationCanceledException when call.IsAnswered => UpstreamResponse.Failed(UpstreamFailure.Superseded, "another attempt was quicker"),
        OperationCanceledException { InnerException: TimeoutException } =>
            UpstreamResponse.Failed(UpstreamFailure.Connect, $"no connection within {call.Terms.ConnectTime.TotalMilliseconds:0} ms (Stitcher:Limits:ConnectTime)"),
        TimeoutRejectedException or OperationCanceledException =>
            UpstreamResponse.Failed(UpstreamFailure.Timeout, $"no complete answer within {call.Total.TotalMilliseconds:0} ms"),
        HttpRequestException { InnerException: ConnectRefusedException refused } => UpstreamResponse.Failed(UpstreamFailure.Connect, refused.Message),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            UpstreamResponse.Failed(UpstreamFailure.Invalid, $"headers of more than {call.Terms.HeaderBytes} bytes, no more are taken (Stitcher:Limits:ResponseHeaderBytes)"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
            UpstreamResponse.Failed(UpstreamFailure.Connect, $"no connection after {call.Elapsed.TotalMilliseconds:0} ms"),
        UriFormatException => UpstreamResponse.Failed(UpstreamFailure.Invalid, "the destination's address and the fragment's path make no address"),
        _ => UpstreamResponse.Failed(UpstreamFailure.Broken, $"the connection broke after {call.Elapsed.TotalMilliseconds:0} ms"),
    };
}
