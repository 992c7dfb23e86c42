using System.Globalization;
using System.Text;
using Stitcher.Chaos.Services;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Chaos.Tests;

/// <summary>The service of the runs, asked by itself: a fault that does not happen would prove a gateway that does nothing.</summary>
public sealed class FaultServiceTests
{
    // Only what would hang is not waited for to its end.
    private static readonly FaultKind[] Endless = [FaultKind.Hang, FaultKind.SlowBody];

    // The fragment itself is whole in these; what stands around it is not as it should be.
    private static readonly FaultKind[] WholeInside = [FaultKind.Cookies, FaultKind.WrongLength];

    [Fact]
    public async Task Every_fault_spoils_the_answer_and_without_one_it_is_whole()
    {
        await using var service = await ServiceProcess.StartAsync("tests/Stitcher.Chaos", arguments: ["--role", "service", "--name", "users"]);
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            await SpoilAsync(service, new FaultPlan([kind], 1, []));
            var patience = Endless.Contains(kind) ? TimeSpan.FromSeconds(1) : Eventually.Deadline;
            var answers = new[] { await AskAsync(service, patience), await AskAsync(service, patience) };

            var allWhole = answers.All(answer => answer == Encoding.UTF8.GetString(FragmentText.Of("users", PageKind.Plain, "7", 1)));
            Assert.Equal(kind == FaultKind.Cookies, allWhole);
            if (!WholeInside.Contains(kind))
            {
                Assert.DoesNotContain(Encoding.UTF8.GetString(FragmentText.Of("users", PageKind.Plain, "7", 1)), answers);
            }
        }

        await SpoilAsync(service, FaultPlan.None);
        Assert.Equal(Encoding.UTF8.GetString(FragmentText.Of("users", PageKind.Plain, "7", 1)), await AskAsync(service, Eventually.Deadline));
    }

    [Fact]
    public async Task A_fault_holds_for_the_paths_it_was_told_and_for_its_share_of_the_answers()
    {
        await using var service = await ServiceProcess.StartAsync("tests/Stitcher.Chaos", arguments: ["--role", "service", "--name", "users"]);
        await SpoilAsync(service, new FaultPlan([FaultKind.Status500], 0.5, ["/cached/"]));

        var spoilt = 0;
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(200, (int)(await service.Client.GetAsync("/plain/card?id=7")).StatusCode);
            spoilt += (int)(await service.Client.GetAsync("/cached/card?id=7")).StatusCode == 500 ? 1 : 0;
        }

        // Ten standard deviations of a fair coin thrown 200 times.
        Assert.InRange(spoilt, 30, 170);
        var counts = ServiceCounts.Parse(await service.Client.GetStringAsync("/_counts"));
        Assert.Equal((400, spoilt), (counts.Asked, counts.Spoilt));
    }

    [Fact]
    public async Task A_service_that_is_asked_to_end_finishes_and_ends()
    {
        await using var service = await ServiceProcess.StartAsync("tests/Stitcher.Chaos", arguments: ["--role", "service", "--name", "users"]);
        Assert.NotNull(await AskAsync(service, Eventually.Deadline));

        await service.TerminateAsync().WaitAsync(Eventually.Deadline);

        await Assert.ThrowsAsync<HttpRequestException>(() => service.Client.GetAsync("/plain/card?id=7"));
    }

    private static async Task SpoilAsync(ServiceProcess service, FaultPlan plan) =>
        (await service.Client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/_control?{plan.ToQuery()}"))).EnsureSuccessStatusCode();

    private static async Task<string?> AskAsync(ServiceProcess service, TimeSpan time)
    {
        try
        {
            using var patience = new CancellationTokenSource(time);
            using var answer = await service.Client.GetAsync("/plain/card?id=7", patience.Token);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(patience.Token) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
