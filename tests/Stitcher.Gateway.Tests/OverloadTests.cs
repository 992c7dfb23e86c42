using System.Text.Json;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class OverloadTests
{
    [Fact]
    public async Task V040_Of_two_hundred_pages_on_a_hanging_service_128_ask_it_and_the_others_show_their_slots_content_at_once()
    {
        const int pages = 200;
        const int most = 128;
        var gate = new Gate();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/list", Answer.Html("<p>Two apples.</p>").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", service.Address, "List=/list")
            .Page("/", "<fragment src=\"products/List?n={query.n}\" timeout=\"50s\"><p>Too busy.</p></fragment>", ("Deadline", "60s")));

        var asking = Enumerable.Range(0, pages).Select(n => gateway.GetAsync($"/?n={n}")).ToArray();
        await Eventually.HoldsAsync(() => asking.Count(page => page.IsCompleted) == pages - most, "those beyond the limit have their page");
        await service.HasReceivedAsync("/list", most);
        Assert.Equal(most, service.Count("/list"));
        Assert.All(asking.Where(page => page.IsCompletedSuccessfully), page => Assert.Contains("Too busy.", page.Result, StringComparison.Ordinal));
        await gateway.Log.FirstAsync("PageDegraded", record => record.Text.Contains("overloaded: 128 questions", StringComparison.Ordinal));
        Assert.Equal(most, JsonDocument.Parse(await gateway.ManagementClient.GetStringAsync("/_stitcher/plan")).RootElement.GetProperty("services")[0].GetProperty("inFlight").GetInt32());

        gate.Open();
        Assert.Equal(most, (await Task.WhenAll(asking)).Count(html => html.Contains("Two apples.", StringComparison.Ordinal)));

        // What was refused says nothing about the service.
        Assert.Empty(gateway.Log.Events("CircuitOpened"));
    }

    [Fact]
    public async Task A_fragment_that_stands_in_for_others_has_a_limit_of_its_own()
    {
        const int pages = 40;
        const int most = 32;
        var gate = new Gate();
        await using var broken = await ScriptedService.StartAsync();
        await using var standIn = await ScriptedService.StartAsync();
        broken.Answers("/list", Answer.Status(500));
        standIn.Answers("/list", Answer.Html("<p>Something else.</p>").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", broken.Address, "List=/list")
            .Service("archive", standIn.Address, "List=/list")
            .Page("/", "<fragment src=\"products/List?n={query.n}\" fallback-src=\"archive/List?n={query.n}\" timeout=\"50s\"><p>Nothing.</p></fragment>", ("Deadline", "60s")));

        var asking = Enumerable.Range(0, pages).Select(n => gateway.GetAsync($"/?n={n}")).ToArray();
        await Eventually.HoldsAsync(() => asking.Count(page => page.IsCompleted) == pages - most, "those beyond the limit have their page");
        await standIn.HasReceivedAsync("/list", most);
        Assert.Equal(most, standIn.Count("/list"));
        gate.Open();
        Assert.Equal(most, (await Task.WhenAll(asking)).Count(html => html.Contains("Something else.", StringComparison.Ordinal)));
    }

}
