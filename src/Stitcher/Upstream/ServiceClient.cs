using System.Globalization;
using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Stitcher.Federation;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>
/// Asks one service for one thing: the destination by the proxy's choice, time and retries by Polly, the body complete before it returns.
/// Never throws for the service's sake.
/// </summary>
internal sealed class ServiceClient(string cluster, ServiceDestinations destinations, ResiliencePipeline<UpstreamResponse> pipeline, TimeProvider time)
{
    private volatile bool _isAnswering = true;

    /// <summary>Whether the last question had an answer, whatever it said. What a page tells ahead of a fragment is worthless without one.</summary>
    public bool IsAnswering => _isAnswering;

    /// <param name="request">What to ask for.</param>
    /// <param name="total">The time from now to the last byte, retries included.</param>
    /// <param name="limit">The most bytes the body may have.</param>
    /// <param name="clientGone">Fires when nobody waits any more.</param>
    public async ValueTask<UpstreamResponse> SendAsync(UpstreamRequest request, TimeSpan total, int limit, CancellationToken clientGone)
    {
        var call = new UpstreamCall(request, total, limit, time, clientGone);
        var context = ResilienceContextPool.Shared.Get(clientGone);
        try
        {
            context.Properties.Set(ServicePolicies.Call, call);
            var outcome = await pipeline.ExecuteOutcomeAsync(
                static async (context, state) => Outcome.FromResult(await state.Client.AttemptAsync(state.Call, context.CancellationToken)),
                context,
                (Client: this, Call: call));
            var response = outcome.Result ?? Explain(outcome.Exception!, call);
            _isAnswering = response.Failure switch
            {
                UpstreamFailure.ClientGone => _isAnswering,
                UpstreamFailure.Connect or UpstreamFailure.NoDestination or UpstreamFailure.Broken or UpstreamFailure.Timeout or UpstreamFailure.CircuitOpen => false,
                _ => true,
            };
            return response;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<UpstreamResponse> AttemptAsync(UpstreamCall call, CancellationToken token)
    {
        if (!destinations.TryPick(cluster, call.Last, out var model, out var destination))
        {
            return UpstreamResponse.Failed(UpstreamFailure.NoDestination, $"cluster '{cluster}' has no available destination");
        }

        call.Last = destination;
        call.Attempts++;
        try
        {
            using var message = CreateMessage(call, destination.Model);
            using var response = await model.HttpClient.SendAsync(message, token);
            return await ReadAsync(response, call, token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or UriFormatException)
        {
            return Explain(exception, call);
        }
    }

    private static HttpRequestMessage CreateMessage(UpstreamCall call, DestinationModel destination)
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
        headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        headers.TryAddWithoutValidation(FragmentHeaders.Fragment, call.Request.Fragment);
        headers.TryAddWithoutValidation(FragmentHeaders.DeadlineMilliseconds, ((long)call.Remaining.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        if (call.Attempts > 1)
        {
            headers.TryAddWithoutValidation(FragmentHeaders.Attempt, call.Attempts.ToString(CultureInfo.InvariantCulture));
        }

        return message;
    }

    private static async ValueTask<UpstreamResponse> ReadAsync(HttpResponseMessage response, UpstreamCall call, CancellationToken token)
    {
        var status = (int)response.StatusCode;
        var verdict = ResponseContract.Judge(response);
        if (verdict.Failure != UpstreamFailure.None)
        {
            var retryAfter = response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null;
            return UpstreamResponse.Failed(verdict.Failure, verdict.Detail, status, retryAfter);
        }

        if (!verdict.HasBody)
        {
            return UpstreamResponse.From(response, null, 0, isHtml: false);
        }

        var (rented, length) = await BodyReader.ReadAsync(response.Content, call.Limit, token);
        return length < 0
            ? UpstreamResponse.Failed(UpstreamFailure.TooLarge, $"the body is larger than {call.Limit} bytes (Stitcher:Limits:FragmentBytes)", status)
            : UpstreamResponse.From(response, rented, length, isHtml: true);
    }

    private static UpstreamResponse Explain(Exception exception, UpstreamCall call) => exception switch
    {
        _ when call.ClientGone.IsCancellationRequested => UpstreamResponse.Failed(UpstreamFailure.ClientGone, null),
        BrokenCircuitException => UpstreamResponse.Failed(UpstreamFailure.CircuitOpen, "the service failed too often lately and was not asked"),
        TimeoutRejectedException or OperationCanceledException =>
            UpstreamResponse.Failed(UpstreamFailure.Timeout, $"no complete answer within {call.Total.TotalMilliseconds:0} ms"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
            UpstreamResponse.Failed(UpstreamFailure.Connect, $"no connection after {call.Elapsed.TotalMilliseconds:0} ms"),
        UriFormatException => UpstreamResponse.Failed(UpstreamFailure.Invalid, "the destination's address and the fragment's path make no address"),
        _ => UpstreamResponse.Failed(UpstreamFailure.Broken, $"the connection broke after {call.Elapsed.TotalMilliseconds:0} ms"),
    };
}
