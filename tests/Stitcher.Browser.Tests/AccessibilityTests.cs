using Microsoft.Playwright;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

[Collection(OpenShop.Name)]
public sealed class AccessibilityTests(RealBrowser browser, OpenShop open)
{
    /// <summary>What can be reached by keyboard and is shown, in the order of the document.</summary>
    // Asked anew at each step: parts of the page may come alive or be renewed meanwhile. What was renewed under the focus cannot tell what is next.
    private const string Step =
        """
        (() => {
          const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
            .filter(element => !element.disabled && element.checkVisibility());
          const [at, before] = [document.activeElement, window.before];
          const next = !before ? stops[0] : before.isConnected ? stops[stops.indexOf(before) + 1] : at;
          window.before = at;
          const name = element => element ? `<${element.localName} class='${element.className}'> '${element.textContent.trim().slice(0, 40)}'` : 'nothing';
          return at === stops.at(-1) ? 'end' : at === next ? 'next' : `${name(at)} instead of ${name(next)}`;
        })()
        """;

    public static MatrixTheoryData<string, int> PagesAndLooks => new([.. OpenShop.Pages, "/products/9999"], Enumerable.Range(0, Look.All.Length).ToArray());

    public static TheoryData<string> Pages => [.. OpenShop.Pages];

    [Theory]
    [MemberData(nameof(PagesAndLooks))]
    public async Task Axe_finds_nothing_on_a_page(string path, int look)
    {
        await using var window = await browser.OpenAsync(Look.All[look]);
        await open.WholeAsync(window, path);

        var findings = await Axe.FindingsAsync(window);

        Assert.True(findings.Count == 0, $"{Look.All[look]}:\n{string.Join('\n', findings)}");
    }

    public static TheoryData<int> OppositeLooks => [Array.IndexOf(Look.All, Look.Wide), Array.IndexOf(Look.All, Look.NarrowAndDark)];

    /// <summary>One window after the other for all of these pages: a session and a cart are needed for them.</summary>
    [Theory]
    [MemberData(nameof(OppositeLooks))]
    public async Task Axe_finds_nothing_on_the_way_to_the_till_and_in_the_stockroom_and_nothing_is_cut_off(int look)
    {
        await using var window = await browser.OpenAsync(Look.All[look]);
        var findings = new List<string>();
        await LookAsync("/products", "/products?search=nothing+like+it", "/cart", "/sign-in");

        await open.SignInAsync(window);
        await open.WholeAsync(window, "/products/7");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Put in the cart" }).ClickAsync();
        await window.Page.Locator(".summary-line").First.WaitForAsync();
        await Assertions.Expect(window.Page.Locator(".cart-number")).Not.ToHaveTextAsync("0");

        await LookAsync("/cart", "/checkout", "/orders", "/orders/1", "/preferences", "/admin", "/admin/products/new", "/admin/products/7", "/admin/categories");
        Assert.True(findings.Count == 0, $"{Look.All[look]}:\n{string.Join('\n', findings)}");

        async Task LookAsync(params string[] paths)
        {
            foreach (var path in paths)
            {
                await open.WholeAsync(window, path);
                findings.AddRange((await Axe.FindingsAsync(window)).Select(finding => $"{path}: {finding}"));
                foreach (var width in (int[])[360, Look.All[look].Width])
                {
                    await window.WidenAsync(width, Look.All[look].Height);
                    var content = await window.EvaluateAsync<int>("document.documentElement.scrollWidth");
                    findings.AddRange(content > width ? [$"{path} is {content} px wide in a window of {width} px"] : []);
                }
            }
        }
    }

    [Fact]
    public async Task Axe_finds_what_is_wrong()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.SetContentAsync("<html lang=en><title>Wrong</title><main><h1 style='color:#bbb;background:#fff'>Pale</h1><img src='data:,'></main>");

        var findings = await Axe.FindingsAsync(window);

        Assert.Contains(findings, finding => finding.StartsWith("critical image-alt:", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.StartsWith("serious color-contrast:", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_tab_key_visits_everything_that_can_be_used_in_the_order_it_is_read_and_shows_where_it_is(string path)
    {
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, path);

        // What comes to life while somebody walks over the page would stand before the next stop between the key and the look.
        await OpenShop.AllAwakeAsync(window);
        var (stops, at) = (0, "");
        for (; stops < 200 && at != "end"; stops++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            at = await window.EvaluateAsync<string>(Step);
            Assert.True(at is "next" or "end", $"Tab {stops + 1} went to {at}");
            Assert.True(await IsMarkedAsync(window), $"Stop {stops + 1} does not show that it has the focus");
        }

        Assert.Equal("end", at);
        Assert.InRange(stops, 5, 200);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_first_stop_leads_past_the_navigation(string path)
    {
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, path);

        await window.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await window.EvaluateAsync<string>("document.activeElement.textContent"));
        await Eventually.HoldsAsync(
            async () => await window.EvaluateAsync<double>("document.activeElement.getBoundingClientRect().top") is >= 0 and <= 200, "the link can be seen");

        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#"));
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.True(await window.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)"));
    }

    [Fact]
    public async Task The_arrow_keys_walk_over_the_shelves()
    {
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/");
        await window.Page.Locator("[data-module='products/ProductCatalog'][data-awake]").WaitForAsync();
        var links = window.Page.Locator(".product-link");

        await links.First.FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await window.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(await links.Nth(2).TextContentAsync(), await window.EvaluateAsync<string>("document.activeElement.textContent"));
        await window.Page.Keyboard.PressAsync("End");
        Assert.Equal(await links.Last.TextContentAsync(), await window.EvaluateAsync<string>("document.activeElement.textContent"));
    }

    // The mark may be drawn by the element, by what it lies in (a whole card), or over it.
    private static Task<bool> IsMarkedAsync(Window window) => window.EvaluateAsync<bool>(
        """
        (() => {
          const shown = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
          const at = document.activeElement;
          return at.matches(':focus-visible') && [at, at.closest('.product-card')].filter(Boolean)
            .some(element => shown(getComputedStyle(element)) || shown(getComputedStyle(element, '::after')));
        })()
        """);
}
