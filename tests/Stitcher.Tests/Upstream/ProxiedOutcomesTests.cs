using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Upstream;
using Xunit;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace Stitcher.Tests.Upstream;

public sealed class ProxiedOutcomesTests
{
    [Theory]
    [InlineData(ForwarderError.Request, true)]
    [InlineData(ForwarderError.ResponseBodyDestination, true)]
    [InlineData(ForwarderError.RequestBodyClient, false)]
    [InlineData(ForwarderError.RequestBodyDestination, false)]
    public async Task A_destination_goes_for_what_it_did_and_not_for_what_a_browser_sent_that_it_would_not_read(ForwarderError error, bool isOut)
    {
        await using var services = ServicesBehindTheProxy.At("http://127.0.0.1:1/", "http://127.0.0.1:2/");
        Assert.True(services.Engine.GetRequiredService<IProxyStateLookup>().TryGetCluster("products", out var cluster));
        var judge = services.Engine.GetServices<IPassiveHealthCheckPolicy>().Single(policy => policy.Name == DestinationOutcomes.PolicyName);
        var destination = cluster.Destinations["d0"];
        var context = new DefaultHttpContext();
        context.Features.Set<IForwarderErrorFeature>(new Failure(error));

        for (var i = 0; i < 5; i++)
        {
            judge.RequestProxied(context, cluster, destination);
        }

        Assert.Equal(isOut, DestinationOutcomes.IsOut(destination));
    }

    private sealed record Failure(ForwarderError Error) : IForwarderErrorFeature
    {
        public Exception? Exception => null;
    }
}
