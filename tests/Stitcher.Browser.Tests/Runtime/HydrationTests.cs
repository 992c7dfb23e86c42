using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests.Runtime;

[Collection(RuntimeCollection.Name)]
public sealed class HydrationTests(RealBrowser browser, RuntimeSite site)
{
    [Fact]
    public async Task Each_fragment_starts_at_its_moment_and_the_click_that_woke_one_is_not_lost()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenAsync(window, "/moments");
        await window.Page.WaitForSelectorAsync("#idle[data-awake]");
        Assert.Equal(["true", "true", "false", "false"], await AwakeAsync(window, "load", "idle", "visible", "interaction"));

        // What the page needs first is asked for by its head, what waits for its moment is not asked for at all.
        Assert.EndsWith("/counter.js", await window.Page.Locator("head link[rel=modulepreload][href*='/_s/shop/']").GetAttributeAsync("href"), StringComparison.Ordinal);
        Assert.DoesNotContain(window.Requests, static address => address.EndsWith("/seen.js", StringComparison.Ordinal));

        await window.Page.ClickAsync("#interaction button");
        await window.Page.WaitForSelectorAsync("#interaction[data-awake][data-clicks='1']");
        await window.Page.Locator("#visible").ScrollIntoViewIfNeededAsync();
        await window.Page.WaitForSelectorAsync("#visible[data-awake]");
        await window.HasAskedForAsync(static address => address.EndsWith("/seen.js", StringComparison.Ordinal), "the module of what is seen");
        await window.Page.ClickAsync("#interaction button");
        await window.Page.WaitForSelectorAsync("#interaction[data-clicks='2']");
        Assert.Equal(4, await window.EvaluateAsync<int>("told.length"));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_module_that_fails_or_takes_too_long_leaves_the_servers_html_and_a_way_to_try_again()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.RouteAsync("**/missing.js", route => route.FulfillAsync(new() { Status = 503 }));
        await site.OpenAsync(window, "/broken");
        foreach (var id in (string[])["missing", "throwing", "hanging"])
        {
            await window.Page.WaitForSelectorAsync($"#{id}[data-boundary=failed] + .boundary[role=status] button");
            Assert.Equal("from the server", await window.Page.TextContentAsync($"#{id} p"));
        }

        Assert.Equal(["true"], await AwakeAsync(window, "counter"));
        Assert.Contains("shop/", await window.EvaluateAsync<string>("import('@stitcher/bus').then(({ on }) => new Promise(done => { on('stitcher:module-failed', ({ module }) => done(module)); document.querySelector('#throwing + .boundary button').click(); }))"), StringComparison.Ordinal);

        // What is mended has the time that it takes: a busy machine may not bring a file in a fifth of a second.
        await window.EvaluateAsync<bool>("(document.getElementById('hanging').dataset.timeout = 60000, globalThis.mended = true)");
        await window.Page.UnrouteAsync("**/missing.js");
        foreach (var id in (string[])["missing", "throwing", "hanging"])
        {
            await window.Page.ClickAsync($"#{id} + .boundary button");
            await window.Page.WaitForSelectorAsync($"#{id}[data-awake]");
            Assert.Equal(0, await window.Page.Locator($"#{id}[data-boundary], #{id} + .boundary").CountAsync());
        }
    }

    [Fact]
    public async Task A_module_that_is_not_what_was_promised_stays_out_also_when_it_is_tried_again()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.RouteAsync("**/missing.js*", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "globalThis.stolen = true; export default () => {};" }));
        await site.OpenAsync(window, "/broken");
        await window.Page.WaitForSelectorAsync("#missing[data-boundary=failed] + .boundary button");

        await window.Page.ClickAsync("#missing + .boundary button");
        await window.Page.WaitForSelectorAsync("#missing[data-boundary=failed] + .boundary, #missing[data-awake]");

        Assert.Equal("undefined", await window.EvaluateAsync<string>("typeof globalThis.stolen"));
    }

    [Fact]
    public async Task Fragments_start_while_the_rest_of_the_page_is_still_on_its_way_and_late_ones_when_they_come()
    {
        site.Late = new Gate();
        await using var window = await browser.OpenAsync();
        await window.GoUntilAsync(new Uri(site.Gateway.Address, "/late"), "#second[data-awake]");
        Assert.Equal("waiting", await window.Page.TextContentAsync("#waiting"));

        site.Late.Open();
        await window.Page.WaitForSelectorAsync("#late[data-awake]");
        Assert.Empty(window.Complaints);
    }

    private static async Task<string[]> AwakeAsync(Window window, params string[] ids) =>
        await window.EvaluateAsync<string[]>("ids => ids.map(id => String(document.getElementById(id).hasAttribute('data-awake')))", ids);
}
