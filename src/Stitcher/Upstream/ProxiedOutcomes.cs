using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>Lets the health of destinations learn from proxied requests as well. The reverse proxy's own judgement does not look at statuses.</summary>
internal sealed class ProxiedOutcomes(DestinationOutcomes outcomes) : IPassiveHealthCheckPolicy
{
    public string Name => DestinationOutcomes.PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination) =>
        outcomes.Report(new(cluster, destination), VerdictOn(context));

    private static Verdict VerdictOn(HttpContext context) => (context.Features.Get<IForwarderErrorFeature>()?.Error ?? ForwarderError.None) switch
    {
        ForwarderError.None => context.Response.StatusCode >= 500 ? Verdict.Failed : Verdict.Well,
        ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.ResponseHeaders
            or ForwarderError.ResponseBodyDestination or ForwarderError.UpgradeResponseDestination => Verdict.Failed,

        // The browser left, or sent something broken, or more than the destination would read: anybody could take it out by that.
        _ => Verdict.None,
    };
}
