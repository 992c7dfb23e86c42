using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>What readers do is counted, and what was counted is shown.</summary>
[Collection(OpenShop.Name)]
public sealed partial class TrackingTests(RealBrowser browser, OpenShop open)
{
    // Each test has somebody of its own: what windows of other tests had still to tell arrives when it arrives.
    private const string Luca = "6";
    private const string Yuki = "9";

    [Fact]
    public async Task Choosing_a_product_is_an_event_that_the_dashboard_then_shows()
    {
        var (before, ofAll) = (await LookedAtAsync(Luca), await LookedAtAsync());
        await using var window = await browser.OpenAsync();
        await open.SignInAsync(window, "luca");
        await open.WholeAsync(window, "/");

        var watch = Stopwatch.StartNew();
        await window.Page.Locator(".product-link").First.ClickAsync();
        await window.Page.WaitForURLAsync("**/products/*");
        await OpenShop.AwakeAsync(window);
        await Eventually.HoldsAsync(async () => await LookedAtAsync(Luca) > before, "the counter has the product");

        // Chosen in the list and opened on its page: looked at once, unless a busy machine let half a minute pass in between.
        Assert.InRange(await LookedAtAsync(Luca), before + 1, before + (watch.Elapsed < TimeSpan.FromSeconds(30) ? 1 : 2));
        await Eventually.HoldsAsync(
            async () =>
            {
                await window.GoAsync(open.Address("/analytics"));
                await window.Page.Locator(".board-figures").WaitForAsync();
                return Number((await window.Page.Locator(".board-figures dt + dd").AllTextContentsAsync())[2]) > ofAll;
            },
            "the page of figures shows it");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_product_is_chosen_once_however_slowly_its_page_comes()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        var coming = new Gate();
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/");
        await Expect(window.Page.Locator("[data-live-region]")).ToHaveCountAsync(1);
        await window.EvaluateAsync<bool>(
            "(window.chosen = [], globalThis[Symbol.for('stitcher.bus.1')].on('product:selected', ({ id }) => window.chosen.push(id), { replay: false }), true)");
        await window.Page.RouteAsync("**/products/*", async route =>
        {
            await coming.WaitAsync(TestContext.Current.CancellationToken);
            await route.ContinueAsync();
        });

        await window.Page.Locator(".product-link").First.ClickAsync();
        await coming.Reached;
        await window.Page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddSeconds(40));
        coming.Open();

        await window.Page.Locator("[data-module='products/ProductCard'][data-awake]").WaitForAsync();
        Assert.Single(await window.EvaluateAsync<int[]>("window.chosen"));
    }

    [Fact]
    public async Task Other_modules_tell_the_counter_something_by_name_and_what_it_does_not_know_is_not_told()
    {
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/orders");

        Assert.False(await window.EvaluateAsync<bool>("import('analytics/EventTracker').then(({ trackEvent }) => trackEvent('password_typed', { title: 'secret' }))"));
        var told = window.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/track", StringComparison.Ordinal) && answer.Request.PostData?.Contains("\"productId\":61", StringComparison.Ordinal) == true);
        Assert.True(await window.EvaluateAsync<bool>("import('analytics/EventTracker').then(({ trackEvent }) => trackEvent('product_viewed', { productId: 61, title: 'A thing' }))"));

        Assert.Equal(200, (await told).Status);
        Assert.DoesNotContain("secret", (await told).Request.PostData, StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task What_could_not_be_told_is_told_later_at_the_latest_when_the_page_is_left()
    {
        var before = await LookedAtAsync(Yuki);
        await using var window = await browser.OpenAsync();
        await open.SignInAsync(window, "yuki");
        await window.Page.RouteAsync("**/track", route => route.AbortAsync());
        await open.WholeAsync(window, "/orders");
        await window.EvaluateAsync<bool>("import('analytics/EventTracker').then(({ trackEvent }) => trackEvent('product_viewed', { productId: 62, title: 'A late thing' }))");
        await Eventually.HoldsAsync(() => Task.FromResult(window.Complaints.Any(complaint => complaint.Contains("/track failed", StringComparison.Ordinal))), "it was tried in vain");

        Assert.Equal(before, await LookedAtAsync(Yuki));

        await window.Page.UnrouteAsync("**/track");
        await window.GoAsync(open.Address("/orders"));

        await Eventually.HoldsAsync(async () => await LookedAtAsync(Yuki) == before + 1, "the counter has it");
    }

    [Fact]
    public async Task Without_script_a_page_is_counted_all_the_same()
    {
        var before = await LookedAtAsync();
        await using var window = await browser.OpenAsync(withScript: false);

        await window.GoAsync(open.Address("/products/7"));

        await Eventually.HoldsAsync(async () => await LookedAtAsync() > before, "the counter has the product");
    }

    /// <summary>Products looked at in the last 30 days by somebody, or by all, as the service itself says.</summary>
    private async Task<int> LookedAtAsync(string? user = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/fragments/analytics-dashboard" + (user is null ? "" : "?userId=" + user), UriKind.Relative));
        request.Headers.Add(IdentityToken.Header, IdentityToken.For("analytics", "1", "admin"));
        using var answer = await open.Shop["analytics"].Client.SendAsync(request, TestContext.Current.CancellationToken);
        var board = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return Number(Figure().Matches(board)[2].Groups[1].Value);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("</dt><dd>([0-9,]+)</dd>")]
    private static partial Regex Figure();
}
