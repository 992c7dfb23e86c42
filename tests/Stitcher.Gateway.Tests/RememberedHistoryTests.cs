using System.Text.Json;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>What changed is asked for after a bad night, and a restart is the first thing that is tried in one.</summary>
public sealed class RememberedHistoryTests : IDisposable
{
    private readonly TemporaryFolder _state = new();

    [Fact]
    public async Task What_changed_lately_is_told_after_a_restart_too_and_what_was_known_before_it_is_no_news()
    {
        await using var products = Publishes(await ScriptedService.StartAsync(), "r1");
        JsonElement before = default;
        await using (var gateway = await StartAsync(products))
        {
            await gateway.PageWithAsync("products/Card");
            Publishes(products, "r2");
            await gateway.PageWithAsync("products/Card", "/_s/products/~r2/card.js");
            before = await ToldAsync(gateway);
            var changes = before.GetProperty("changes").GetArrayLength();
            await Eventually.HoldsAsync(() => Text().Split("\"At\":").Length > changes, "the changes are written");
        }

        for (var start = 0; start < 2; start++)
        {
            await using var gateway = await StartAsync(products);
            await gateway.PageWithAsync("products/Card", "/_s/products/~r2/card.js");
            var after = await ToldAsync(gateway);
            Assert.Equal(Items(before), Items(after).TakeLast(Items(before).Count));
            Assert.Single(Items(after), item => item == "gateway this gateway: started and went on with what the one before it knew");
            Assert.Single(Items(after), item => item.Contains("came with", StringComparison.Ordinal));
            Assert.Equal(Since(before), Since(after));
            await Eventually.HoldsAsync(() => Text().Contains("started", StringComparison.Ordinal), "the start is written");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("stitcher-state-1 0000000000000000000000000000000000000000000000000000000000000000\n[]")]
    public async Task Changes_that_are_not_as_they_were_written_are_left_out(string text)
    {
        await File.WriteAllTextAsync(Changes, text, TestContext.Current.CancellationToken);
        await using var products = Publishes(await ScriptedService.StartAsync(), "r1");
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        Assert.Single(gateway.Log.Events("StateUnusable"));
        Assert.Contains("service products: came with revision r1", Items(await ToldAsync(gateway)));
    }

    public void Dispose() => _state.Dispose();

    private string Changes => Path.Combine(_state.Path, "federation.changes");

    private string Text() => File.Exists(Changes) ? File.ReadAllText(Changes) : "";

    private static async Task<JsonElement> ToldAsync(GatewayUnderTest gateway) =>
        JsonDocument.Parse(await gateway.ManagementClient.GetStringAsync("/_stitcher/federation", TestContext.Current.CancellationToken)).RootElement;

    private static string? Since(JsonElement told) => told.GetProperty("since").GetString();

    private static List<string> Items(JsonElement told) =>
    [
        .. told.GetProperty("changes").EnumerateArray().SelectMany(change => change.GetProperty("items").EnumerateArray())
            .Select(item => $"{item.GetProperty("kind")} {item.GetProperty("subject")}: {item.GetProperty("says")}"),
    ];

    private static ScriptedService Publishes(ScriptedService service, string revision) =>
        service.Publishes("products", revision, """ "exposes": [ { "key": "./Card", "module": "card.js" } ] """, ("card.js", "export default 'card';\n"));

    private Task<GatewayUnderTest> StartAsync(ScriptedService products) => GatewayUnderTest.StartAsync(setup => setup
        .Federated("products", products)
        .Set("Stitcher:Federation:StateFolder", _state.Path)
        .Page("/", "<p>page</p>"));
}
