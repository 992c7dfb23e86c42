using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class LayoutReloadTests
{
    [Fact]
    public async Task An_edited_layout_is_picked_up()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<h1>First</h1>"));
        Assert.Contains("<h1>First</h1>", await gateway.GetAsync("/"), StringComparison.Ordinal);

        await gateway.EditLayoutAsync("page-0.html", "<h1>Second</h1>");
        await ShowsAsync(gateway, "/", "<h1>Second</h1>");

        await gateway.EditLayoutAsync("page-0.html", "<h1>Third</h1>");
        await ShowsAsync(gateway, "/", "<h1>Third</h1>");
    }

    [Fact]
    public async Task A_broken_edit_is_reported_and_the_last_good_layout_stays()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", "http://127.0.0.1:9/", "List=/list")
            .Page("/", "<h1>Good</h1><fragment src=\"products/List\"></fragment>"));

        await gateway.EditLayoutAsync("page-0.html", "<h1>Bad</h1><fragment src=\"nobody/List\"></fragment>");
        await Eventually.HoldsAsync(() => gateway.Log.Events("CatalogRefused").Any(), "the broken edit is reported");

        Assert.Contains("page-0.html, line 2: there is no service 'nobody'", gateway.Log.Events("CatalogRefused").First().Text, StringComparison.Ordinal);
        Assert.Contains("<h1>Good</h1>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        using var ready = await gateway.ManagementClient.GetAsync("/health/ready");
        Assert.Equal((HttpStatusCode.OK, "Degraded"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));

        await gateway.EditLayoutAsync("page-0.html", "<h1>Mended</h1>");
        await ShowsAsync(gateway, "/", "<h1>Mended</h1>");
        Assert.Equal("Healthy", await gateway.ManagementClient.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task A_page_added_to_the_settings_is_there_and_one_taken_away_is_gone()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/old", "<h1>Old</h1>"));

        await gateway.EditSettingsAsync(setup => setup.Page("/new", "<h1>New</h1>"));
        await ShowsAsync(gateway, "/new", "<h1>New</h1>");
        using var old = await gateway.Client.GetAsync("/old");
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    [Fact]
    public async Task Broken_settings_are_reported_and_the_last_good_ones_stay()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<h1>Good</h1>"));

        await gateway.EditSettingsAsync(setup => setup.Page("/", "<h1>Good</h1>", ("Route", "/elsewhere"), ("Layuot", "x.html")).Set("Stitcher:Limits:SlotsPerPage", "many"));
        await Eventually.HoldsAsync(
            () => gateway.Log.Events("CatalogRefused").Any(record =>
                record.Text.Contains("appsettings.json, Stitcher:Pages:0:Layuot", StringComparison.Ordinal)
                && record.Text.Contains("appsettings.json, Stitcher:Limits:SlotsPerPage", StringComparison.Ordinal)),
            "both mistakes of the broken settings are reported");
        Assert.Contains("<h1>Good</h1>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_no_JSON_are_reported_and_the_last_good_ones_stay_whatever_else_changes()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<h1>Good</h1>"));

        await gateway.WriteSettingsAsync("{ \"Stitcher\": { ");
        await Eventually.HoldsAsync(() => gateway.Log.Events("CatalogRefused").Any(), "the unreadable file is reported");
        Assert.StartsWith(
            "The changed configuration was not taken, the last good one stays. appsettings.json: cannot be read (",
            gateway.Log.Events("CatalogRefused").First().Text,
            StringComparison.Ordinal);

        // The file's settings are gone from the framework's memory now; another change must not make them so in ours.
        await gateway.EditLayoutAsync("page-0.html", "<h1>Edited</h1>");
        await Eventually.HoldsAsync(() => gateway.Log.Events("CatalogRefused").Count() > 1, "the gateway has looked again");
        Assert.Contains("<h1>Good</h1>", await gateway.GetAsync("/"), StringComparison.Ordinal);

        await gateway.EditSettingsAsync(setup => setup.Page("/", "<h1>Mended</h1>"));
        await ShowsAsync(gateway, "/", "<h1>Mended</h1>");
    }

    [Theory]
    [InlineData("Stitcher:Management:Url", "http://127.0.0.1:9")]
    [InlineData("Stitcher:Cache:Bytes", "1000")]
    [InlineData("Stitcher:Cache:LongestFreshness", "7s")]
    public async Task What_only_a_start_can_change_is_refused_rather_than_passed_over(string key, string value)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<h1>Good</h1>"));

        await gateway.EditSettingsAsync(setup => setup.Page("/", "<h1>Good</h1>").Set(key, value));
        await Eventually.HoldsAsync(
            () => gateway.Log.Events("CatalogRefused").Any(record => record.Text.Contains($"appsettings.json, {key}: '{value}' differs", StringComparison.Ordinal)),
            "the change that needs a start is refused");
        Assert.Equal("Degraded", await gateway.ManagementClient.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task A_page_under_way_ends_as_it_began_while_its_layout_changes()
    {
        var gate = new Gate();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>fragment</p>").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x")
            .Page("/", "<h1>First</h1><fragment src=\"service/X\" timeout=\"30s\"></fragment><footer>First</footer>", ("Deadline", "1m")));
        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await gate.Reached.WaitAsync(Eventually.Deadline);

        await gateway.EditLayoutAsync("page-0.html", "<h1>Second</h1><footer>Second</footer>");
        await Eventually.HoldsAsync(() => gateway.Log.Events("CatalogReplaced").Any(), "the edited layout is in force");
        Assert.Contains("<h1>Second</h1>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        gate.Open();
        await page.ReadToEndAsync();

        Assert.Contains("<h1>First</h1><p>fragment</p><footer>First</footer>", page.Body, StringComparison.Ordinal);
        Assert.True(page.IsComplete);
    }

    private static Task ShowsAsync(GatewayUnderTest gateway, string target, string text) =>
        Eventually.HoldsAsync(async () => (await gateway.GetAsync(target)).Contains(text, StringComparison.Ordinal), $"{target} shows {text}");
}
