using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stitcher.Planning;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests.Planning;

public sealed class CatalogReloaderTests
{
    [Fact]
    public async Task A_gateway_that_ends_in_a_hurry_still_waits_for_pages_that_are_being_replaced()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<p>one</p>"));
        var replacing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var heard = new ManualResetEventSlim();
        gateway.Services.GetRequiredService<CatalogState>().Changed += () =>
        {
            replacing.TrySetResult();
            heard.Wait();
        };
        await gateway.EditLayoutAsync("page-0.html", "<p>two</p>");
        await replacing.Task.WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);

        var reloader = gateway.Services.GetServices<IHostedService>().OfType<CatalogReloader>().Single();
        var ending = reloader.StopAsync(new CancellationToken(canceled: true));
        Assert.False(ending.IsCompleted);

        heard.Set();
        await ending.WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
    }
}
