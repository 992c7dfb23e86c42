using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class BrokenFormTests
{
    [Fact]
    public async Task Whoever_sends_broken_forms_to_a_plain_route_does_not_fill_the_log_and_none_goes_uncounted()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup.Time = clock;
            setup.Service("shop", service.Address, "X=/x").Page("/", "<p>page</p>").ProxyRoute("form", "/form", "shop", "POST");
        });

        await SendAsync(3);
        clock.Advance(TimeSpan.FromSeconds(11));
        await SendAsync(1);

        Assert.Equal(
            [("shop", "RequestBodyClient", 0L), ("shop", "RequestBodyClient", 2L)],
            (await gateway.Log.AtLeastAsync("ProxiedFailed", 2)).Select(record => ((string)record.Fields["Cluster"]!, (string)record.Fields["Error"]!, (long)record.Fields["Unsaid"]!)));

        async Task SendAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                // "ZZ" is no length of a chunk.
                using var answer = await RawPage.SendAsync(gateway.Address, "POST", "/form", $"Host: {gateway.Address.Authority}", "Connection: close", "Transfer-Encoding: chunked\r\n\r\nZZ");
                await answer.ReadToEndAsync();
                Assert.Equal(400, answer.Status);
            }
        }
    }
}
