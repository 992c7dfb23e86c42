using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class DeferredSlotTests
{
    private const string Layout =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body>
        <aside><fragment src="slow/X" timeout="30s" defer><p>loading</p></fragment></aside><main><fragment src="fast/X" timeout="30s"></fragment></main><footer>end</footer>
        </body></html>

        """;

    [Fact]
    public async Task The_rest_of_the_page_is_complete_before_a_deferred_fragment_arrives()
    {
        var gate = new Gate();
        await using var shop = await Shop.StartAsync(Answer.Html("<p>figures</p>").After(gate), Answer.Html("<p>goods</p>"));
        using var page = await RawPage.RequestAsync(shop.Gateway.Address, "/");
        await page.ReadUntilAsync("<footer>end</footer>");
        Assert.Contains("<aside><?start name=\"stitcher-0\"><p>loading</p><?end></aside><main><p>goods</p></main>", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("figures", page.Body, StringComparison.Ordinal);

        gate.Open();
        await page.ReadToEndAsync();
        Assert.True(page.IsComplete);
        Assert.Matches("<footer>end</footer>\\s*<template for=\"stitcher-0\"><p>figures</p></template><script>[^<]+</script></body></html>", page.Body);
    }

    [Fact]
    public async Task The_script_that_moves_a_late_fragment_is_allowed_by_its_hash()
    {
        var gate = new Gate();
        await using var shop = await Shop.StartAsync(Answer.Html("<p>figures</p>").After(gate), Answer.Html("<p>goods</p>"));
        using var page = await RawPage.RequestAsync(shop.Gateway.Address, "/");
        await page.ReadUntilAsync("<footer>end</footer>");
        gate.Open();
        await page.ReadToEndAsync();
        var body = page.Body;
        var start = body.IndexOf("<script>", StringComparison.Ordinal);
        var script = body[(start + 8)..body.IndexOf("</script>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"'sha256-{hash}'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.True(script.Length < 400, $"{script.Length} bytes");
    }

    [Fact]
    public async Task A_deferred_fragment_that_fails_leaves_its_content()
    {
        var gate = new Gate();
        await using var shop = await Shop.StartAsync(Answer.Status(404).After(gate), Answer.Html("<p>goods</p>"));
        using var page = await RawPage.RequestAsync(shop.Gateway.Address, "/");
        await page.ReadUntilAsync("<footer>end</footer>");
        gate.Open();
        await page.ReadToEndAsync();
        Assert.True(page.IsComplete);
        Assert.Contains("<p>loading</p>", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<template", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crawler_gets_a_deferred_fragment_in_its_place()
    {
        var gate = new Gate();
        await using var shop = await Shop.StartAsync(Answer.Html("<p>figures</p>").After(gate), Answer.Html("<p>goods</p>"));
        using var page = await RawPage.RequestAsync(shop.Gateway.Address, "/", "User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1)");
        await page.ReadUntilAsync("<aside>");
        gate.Open();
        await page.ReadToEndAsync();
        Assert.Contains("<aside><p>figures</p></aside><main><p>goods</p></main>", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_can_say_who_reads_in_order()
    {
        var gate = new Gate();
        await using var shop = await Shop.StartAsync(Answer.Html("<p>figures</p>").After(gate), Answer.Html("<p>goods</p>"), setup => setup.Set("Stitcher:InOrderAgents:0", "TextReader"));
        using var page = await RawPage.RequestAsync(shop.Gateway.Address, "/", "User-Agent: textreader/1");
        await page.ReadUntilAsync("<aside>");
        gate.Open();
        await page.ReadToEndAsync();
        Assert.Contains("<aside><p>figures</p></aside>", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buffered_page_has_deferred_fragments_in_their_place()
    {
        await using var shop = await Shop.StartAsync(Answer.Html("<p>figures</p>"), Answer.Html("<p>goods</p>"), delivery: "Buffered");
        Assert.Contains("<aside><p>figures</p></aside>", await shop.Gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    private sealed record Shop(GatewayUnderTest Gateway, ScriptedService Slow, ScriptedService Fast) : IAsyncDisposable
    {
        public static async Task<Shop> StartAsync(Answer slow, Answer fast, Action<GatewaySetup>? more = null, string delivery = "Auto")
        {
            var one = await ScriptedService.StartAsync();
            var two = await ScriptedService.StartAsync();
            one.Answers("/x", slow);
            two.Answers("/x", fast);
            var gateway = await GatewayUnderTest.StartAsync(setup =>
            {
                setup.Service("slow", one.Address, "X=/x").Service("fast", two.Address, "X=/x").Page("/", Layout, ("Deadline", "30s"), ("Delivery", delivery));
                more?.Invoke(setup);
            });
            return new Shop(gateway, one, two);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Slow.DisposeAsync();
            await Fast.DisposeAsync();
        }
    }
}
