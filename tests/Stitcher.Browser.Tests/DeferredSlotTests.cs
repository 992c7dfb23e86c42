using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

public sealed class DeferredSlotTests(RealBrowser browser)
{
    private const string Layout =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Figures</title><link rel="icon" href="data:,"></head><body>
        <main><p id="before">before</p>
        <aside><fragment src="slow/X" defer timeout="30s"><p id="own">The figures come.</p></fragment></aside>
        <section><fragment src="slow/Y" defer timeout="30s"><p>More figures come.</p></fragment></section></main>
        <footer id="after">after</footer>
        </body></html>
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deferred_slot_holds_nothing_back_and_its_fragment_comes_to_stand_in_its_place(bool isOlder)
    {
        var first = new Gate();
        var second = new Gate();
        await using var slow = await ScriptedService.StartAsync();
        slow.Answers("/x", Answer.Html("<h2 id=\"late\">The figures</h2><p>12</p>").After(first));
        slow.Answers("/y", Answer.Html("<p id=\"later\">34</p>").After(second));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("slow", slow.Address, "X=/x", "Y=/y")
            .Page("/", Layout, ("Deadline", "1m")));
        await using var window = await browser.OpenAsync(isOlder: isOlder);
        var page = window.Page;

        await window.GoUntilAsync(gateway.Address, "#after");
        Assert.Equal("The figures come.", (await page.Locator("aside").TextContentAsync())!.Trim());
        Assert.Equal("loading", await window.EvaluateAsync<string>("document.readyState"));

        // The second of the two is ready first, and does not wait for the other.
        second.Open();
        await page.WaitForSelectorAsync("section > #later");
        Assert.Equal("The figures come.", (await page.Locator("aside").TextContentAsync())!.Trim());

        first.Open();
        await page.WaitForSelectorAsync("aside > #late");
        await window.LoadedAsync();
        Assert.Equal(
            "P#before ASIDE[H2#late P] SECTION[P#later]",
            await window.EvaluateAsync<string>(
                """
                (() => {
                  const tell = element => element.tagName + (element.id && '#' + element.id) + (element.children.length ? `[${[...element.children].map(tell).join(' ')}]` : '');
                  return [...document.querySelector('main').children].map(tell).join(' ');
                })()
                """));
        Assert.Equal(0, await page.Locator("template, body script").CountAsync());
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deferred_slot_whose_service_fails_keeps_its_own_content(bool isOlder)
    {
        var gate = new Gate();
        await using var slow = await ScriptedService.StartAsync();
        slow.Answers("/x", Answer.Status(500).After(gate));
        slow.Answers("/y", Answer.Html("<p id=\"later\">34</p>").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("slow", slow.Address, "X=/x", "Y=/y")
            .Page("/", Layout, ("Deadline", "1m")));
        await using var window = await browser.OpenAsync(isOlder: isOlder);

        await window.GoUntilAsync(gateway.Address, "#after");
        gate.Open();
        await window.LoadedAsync();

        Assert.Equal(1, await window.Page.Locator("section > #later").CountAsync());
        Assert.Equal(1, await window.Page.Locator("aside > #own").CountAsync());
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task The_two_browsers_of_these_tests_differ_in_what_they_can_do_by_themselves()
    {
        const string Patched =
            """
            async () => {
              const frame = document.createElement('iframe');
              frame.srcdoc = '<p><?start name="a">old<?end></p><template for="a">new</template>';
              const loaded = new Promise(resolve => { frame.onload = resolve; });
              document.body.append(frame);
              await loaded;
              return frame.contentDocument.querySelector('p').textContent;
            }
            """;
        await using var native = await browser.OpenAsync();
        await using var older = await browser.OpenAsync(isOlder: true);

        Assert.Equal("new", await native.Page.EvaluateAsync<string>(Patched));
        Assert.Equal("old", await older.Page.EvaluateAsync<string>(Patched));
    }
}
