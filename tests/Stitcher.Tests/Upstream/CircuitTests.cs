using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class CircuitTests
{
    // Five seconds, give or take a fifth.
    private static readonly TimeSpan LongestFirstBreak = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task After_ten_failures_a_service_is_left_alone_and_after_a_rest_tried_once()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500));
        var clock = new FakeTimeProvider();
        await using var proxy = ServicesBehindTheProxy.At(clock, service.Address);
        await AskAsync(proxy, 10, UpstreamFailure.Status);
        await AskAsync(proxy, 5, UpstreamFailure.CircuitOpen);
        Assert.Equal(10, service.Count("/card"));
        Assert.Single(proxy.Log.Events("CircuitOpened"));

        clock.Advance(LongestFirstBreak);
        await AskAsync(proxy, 1, UpstreamFailure.Status);
        await AskAsync(proxy, 3, UpstreamFailure.CircuitOpen);
        Assert.Equal(11, service.Count("/card"));

        service.Answers("/card", "<p>well</p>");
        clock.Advance(2 * LongestFirstBreak);
        await AskAsync(proxy, 5, UpstreamFailure.None);
        Assert.Single(proxy.Log.Events("CircuitClosed"));
    }

    [Fact]
    public async Task Nine_failures_are_too_few_to_judge_by()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500));
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        await AskAsync(proxy, 9, UpstreamFailure.Status);
        service.Answers("/card", "<p>well</p>");
        await AskAsync(proxy, 1, UpstreamFailure.None);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(302)]
    public async Task Answers_that_are_no_failures_never_open_the_circuit(int status)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(status));
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        await AskAsync(proxy, 25, UpstreamFailure.None);
        Assert.Equal(25, service.Count("/card"));
    }

    [Fact]
    public async Task One_services_circuit_is_not_anothers()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", Answer.Status(500)).Answers("/other", "<p>well</p>");
        await using var proxy = ServicesBehindTheProxy.At(service.Address);
        await AskAsync(proxy, 10, UpstreamFailure.Status);
        using var response = await proxy.Clients.For("reviews", "products", ResilienceSettings.Default).SendAsync(new UpstreamRequest("Reviews", "/other"), TimeSpan.FromSeconds(10), new ResponseTerms { BodyBytes = 1_000 }, default);
        Assert.True(response.Succeeded);
    }

    private static async Task AskAsync(ServicesBehindTheProxy proxy, int times, UpstreamFailure expected)
    {
        for (var i = 0; i < times; i++)
        {
            using var response = await proxy.AskAsync();
            Assert.Equal(expected, response.Failure);
        }
    }
}
