using System.Diagnostics;
using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class EndToEndOutageTests(EndToEndShop open)
{
    public static TheoryData<string> Services => [.. RunningShop.Projects.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Killing_any_service_costs_its_own_slots_and_nothing_else_and_they_come_back_with_it(string service)
    {
        await AllAreWholeAsync();

        await open.Shop.KillAsync(service);
        try
        {
            foreach (var path in EndToEndShop.SturdyPages)
            {
                await open.ShowsAsync(path, service);
            }
        }
        finally
        {
            await open.Shop.StartAgainAsync(service);
        }

        await AllAreWholeAsync();
    }

    [Fact]
    public async Task With_all_four_services_dead_the_pages_are_still_there_and_say_so_slot_by_slot()
    {
        var all = Services.Select(row => row.Data).ToArray();
        await Task.WhenAll(all.Select(open.Shop.KillAsync));
        try
        {
            foreach (var path in EndToEndShop.SturdyPages)
            {
                await open.ShowsAsync(path, all);
            }

            // What this page is about cannot be known, so it cannot be 200; it is a page all the same.
            var product = await EndToEndPage.OfAsync(open.Shop.Client, "/products/7");
            Assert.InRange(product.Status, HttpStatusCode.BadGateway, HttpStatusCode.GatewayTimeout);
            Assert.NotEmpty(product.Text("h1"));
        }
        finally
        {
            await Task.WhenAll(all.Select(open.Shop.StartAgainAsync));
        }

        await AllAreWholeAsync();
    }

    [Fact]
    public async Task A_service_that_hangs_holds_a_page_no_longer_than_its_slots_allow()
    {
        await AllAreWholeAsync();

        open.Shop["orders"].Pause();
        try
        {
            await open.ShowsAsync("/orders", "orders");

            // The layout gives the slot 800 ms. One page in that time tells the gateway from a busy machine.
            await Eventually.HoldsAsync(
                async () =>
                {
                    var watch = Stopwatch.StartNew();
                    await open.ShowsAsync("/", "orders");
                    return watch.Elapsed < TimeSpan.FromMilliseconds(1300);
                },
                "a page comes as soon as its slots have used up their time",
                RunningShop.Recovery);
        }
        finally
        {
            open.Shop["orders"].Resume();
        }

        await AllAreWholeAsync();
    }

    private async Task AllAreWholeAsync()
    {
        foreach (var path in EndToEndShop.SturdyPages)
        {
            await open.ShowsAsync(path);
        }
    }
}
