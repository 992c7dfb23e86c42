using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>
/// Lets the health of destinations learn from proxied requests as well, and the log from those that failed. The reverse proxy's own judgement does not look at
/// statuses, and its own log has a record of 7 KB for every broken form that somebody sends.
/// </summary>
internal sealed class ProxiedOutcomes(DestinationOutcomes outcomes, TimeProvider time, ILogger<ProxiedOutcomes> logger) : IPassiveHealthCheckPolicy
{
    // As many as there are clusters and kinds of errors.
    private readonly ConcurrentDictionary<(string Cluster, ForwarderError Error), Seldom> _warnings = new();

    public string Name => DestinationOutcomes.PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        var failure = context.Features.Get<IForwarderErrorFeature>();
        outcomes.Report(new(cluster, destination), VerdictOn(failure?.Error ?? ForwarderError.None, context));
        if (failure is not null && !IsFarewell(failure.Error)
            && _warnings.GetOrAdd((cluster.ClusterId, failure.Error), static (_, time) => new Seldom(time), time).MaySay(out var unsaid))
        {
            logger.ProxiedFailed(cluster.ClusterId, failure.Error.ToString(), failure.Exception?.GetBaseException().Message, unsaid);
        }
    }

    private static bool IsFarewell(ForwarderError error) => error is ForwarderError.None or ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled
        or ForwarderError.ResponseBodyCanceled or ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeResponseCanceled;

    private static Verdict VerdictOn(ForwarderError error, HttpContext context) => error switch
    {
        ForwarderError.None => context.Response.StatusCode >= 500 ? Verdict.Failed : Verdict.Well,
        ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.ResponseHeaders
            or ForwarderError.ResponseBodyDestination or ForwarderError.UpgradeResponseDestination => Verdict.Failed,

        // The browser left, or sent something broken, or more than the destination would read: anybody could take it out by that.
        _ => Verdict.None,
    };
}
