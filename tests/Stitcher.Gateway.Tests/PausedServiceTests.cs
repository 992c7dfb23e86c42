using System.Diagnostics;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class PausedServiceTests
{
    [Fact]
    public async Task V025_While_a_service_is_paused_every_page_is_there_and_soon_after_it_runs_on_its_fragment_is()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Another question each time: the same one would not be asked again so soon after it failed.
        var page = 1;
        using var folder = new TemporaryFolder();
        await using var users = await ServiceProcess.StartAsync("fragments/UserService", new Dictionary<string, string> { ["Database"] = folder.File("users.db") });
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("users", users.Address.ToString(), "Profile=/fragments/user-profile")
            .Page("/", "<header>shell</header><fragment src=\"users/Profile?n={query.n=0}\" timeout=\"200ms\"><p>Nobody there.</p></fragment>"));
        await Eventually.HoldsAsync(async () => (await gateway.GetAsync($"/?n={page++}")).Contains("Not signed in", StringComparison.Ordinal), "the service is shown");

        users.Pause();
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    var round = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => gateway.GetAsync($"/?n={page++}")));
                    Assert.All(round, html => Assert.Contains("<header>shell</header><p>Nobody there.</p></body>", html, StringComparison.Ordinal));
                    return gateway.Log.Events("CircuitOpened").Any();
                },
                "the service is left alone",
                3 * Eventually.Deadline);
            Assert.Contains("Nobody there.", await gateway.GetAsync($"/?n={page++}"), StringComparison.Ordinal);
        }
        finally
        {
            users.Resume();
        }

        // It rests for ten seconds at most; a busy machine may take more than its slot's time when it is tried, and then it rests again.
        await Eventually.HoldsAsync(
            async () => (await gateway.GetAsync($"/?n={page++}")).Contains("Not signed in", StringComparison.Ordinal), "the service is shown again", 3 * Eventually.Deadline);
    }
}
