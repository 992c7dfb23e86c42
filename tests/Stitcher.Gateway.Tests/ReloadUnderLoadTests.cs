using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class ReloadUnderLoadTests
{
    [Theory]
    [InlineData("unreadable")]
    [InlineData("gone")]
    [InlineData("page")]
    [InlineData("route")]
    [InlineData("half")]
    public async Task V_134_A_change_that_cannot_be_taken_fails_no_request(string kind)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>").Answers("/proxied", "<p>x</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => Good(setup, service.Address));
        await using var pages = SteadyLoad.On(gateway.Client, "/", body => body.Contains("<h1>Good</h1><p>x</p>", StringComparison.Ordinal), clients: 2);
        await using var proxied = SteadyLoad.On(gateway.Client, "/proxied", body => body == "<p>x</p>", clients: 2);
        await pages.MoreAsync(20);
        Assert.Equal(1, ConfigValid(gateway));

        await BreakAsync(gateway, kind, service.Address);
        await Eventually.HoldsAsync(() => gateway.Log.Events("CatalogRefused").Any(), "the change is refused");

        // Whoever reads the settings next, for whatever reason, must not find the broken ones.
        await gateway.EditLayoutAsync("page-0.html", "<h1>Good</h1><fragment src=\"one/X\" timeout=\"20s\"></fragment><hr>");
        await Eventually.HoldsAsync(() => gateway.Log.Events("CatalogRefused").Count() > 1, "the gateway has looked again");
        await Task.WhenAll(pages.MoreAsync(50), proxied.MoreAsync(50));
        Assert.Equal(0, ConfigValid(gateway));
        using var ready = await gateway.ManagementClient.GetAsync("/health/ready");
        Assert.Equal((HttpStatusCode.OK, "Degraded"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));

        await gateway.EditSettingsAsync(setup => Good(setup, service.Address));
        await Eventually.HoldsAsync(() => ConfigValid(gateway) == 1, "the mended configuration is in force");
        await Task.WhenAll(pages.StopAsync(), proxied.StopAsync());
        Assert.Empty(pages.Failures);
        Assert.Empty(proxied.Failures);
    }

    [Fact]
    public async Task V_135_Twenty_changes_one_after_the_other_fail_no_request()
    {
        await using var first = await ScriptedService.StartAsync();
        await using var second = await ScriptedService.StartAsync();
        first.Answers("/x", "<p>x</p>").Answers("/proxied", "<p>x</p>");
        second.Answers("/x", "<p>x</p>").Answers("/proxied", "<p>x</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => Good(setup, first.Address));
        await using var pages = SteadyLoad.On(gateway.Client, "/", body => body.Contains("</h1><p>x</p>", StringComparison.Ordinal), clients: 2);
        await using var proxied = SteadyLoad.On(gateway.Client, "/proxied", body => body == "<p>x</p>", clients: 2);

        for (var i = 1; i <= 20; i++)
        {
            var replaced = gateway.Log.Events("CatalogReplaced").Count();
            await gateway.EditSettingsAsync(setup => Good(setup, i % 2 == 0 ? first.Address : second.Address, $"Change {i}"));
            await Eventually.HoldsAsync(() => gateway.Log.Events("CatalogReplaced").Count() > replaced, $"change {i} is in force");

            // However slow the machine is, each change is seen by some.
            await Task.WhenAll(pages.MoreAsync(5), proxied.MoreAsync(5));
        }

        await Eventually.HoldsAsync(
            async () => (await gateway.GetAsync("/")).Contains("<h1>Change 20</h1>", StringComparison.Ordinal), "the last change is served");
        await Task.WhenAll(pages.StopAsync(), proxied.StopAsync());
        Assert.Empty(pages.Failures);
        Assert.Empty(proxied.Failures);
        Assert.NotEmpty(second.Requests);
    }

    [Fact]
    public async Task A_new_cluster_and_the_page_that_uses_it_come_together()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<p>page</p>"));

        await gateway.EditSettingsAsync(setup => setup
            .Service("late", service.Address, "X=/x")
            .Page("/", "<p>page</p>")
            .Page("/late", "<fragment src=\"late/X\" primary timeout=\"20s\"></fragment>", ("Deadline", "30s")));
        var statuses = new List<int>();
        await Eventually.HoldsAsync(
            async () =>
            {
                using var response = await gateway.Client.GetAsync("/late");
                statuses.Add((int)response.StatusCode);
                return statuses[^1] != 404;
            },
            "the new page is there");
        Assert.Equal(200, statuses[^1]);
    }

    private static void Good(GatewaySetup setup, string address, string heading = "Good") => setup
        .Service("one", address, "X=/x")
        .Page("/", $"<h1>{heading}</h1><fragment src=\"one/X\" timeout=\"20s\"></fragment>", ("Deadline", "30s"))
        .ProxyRoute("proxied", "/proxied", "one");

    private static Task BreakAsync(GatewayUnderTest gateway, string kind, string address) => kind switch
    {
        "unreadable" => gateway.WriteSettingsAsync("{ \"Stitcher\": { "),
        "gone" => gateway.RemoveSettingsAsync(),
        "page" => gateway.EditSettingsAsync(setup =>
        {
            Good(setup, address);
            setup.Set("Stitcher:Pages:0:Route", "/{");
        }),
        "route" => gateway.EditSettingsAsync(setup =>
        {
            Good(setup, address);
            setup.ProxyRoute("proxied", "/{", "one");
        }),

        // The reverse proxy's half is right by itself, but not without the other one, which has a mistake somewhere else.
        _ => gateway.EditSettingsAsync(setup => setup
            .Service("other", address, "X=/x")
            .Page("/", "<h1>Good</h1><fragment src=\"other/X\"></fragment>")
            .Set("Stitcher:Limits:SlotsPerPage", "many")),
    };

    private static int? ConfigValid(GatewayUnderTest gateway)
    {
        int? value = null;
        var meters = gateway.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, all) =>
            {
                if (instrument.Name == "stitcher.config.valid" && ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    all.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, measured, _, _) => value = measured);
        listener.Start();
        listener.RecordObservableInstruments();
        return value;
    }
}
