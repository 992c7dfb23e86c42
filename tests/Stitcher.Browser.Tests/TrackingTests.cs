using System.Globalization;
using System.Text.RegularExpressions;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>What readers do is counted, and what was counted is shown.</summary>
[Collection(OpenShop.Name)]
public sealed partial class TrackingTests(RealBrowser browser, OpenShop open)
{
    [Fact]
    public async Task Choosing_a_product_is_an_event_that_the_dashboard_then_shows()
    {
        var before = await LookedAtAsync();
        await using var window = await browser.OpenAsync();
        await open.WholeAsync(window, "/");

        await window.Page.Locator(".product-link").First.ClickAsync();
        await window.Page.WaitForURLAsync("**/products/*");
        await Eventually.HoldsAsync(async () => await LookedAtAsync() > before, "the counter has the product");

        // Chosen in the list and opened on its page: looked at once.
        Assert.Equal(before + 1, await LookedAtAsync());
        await Eventually.HoldsAsync(
            async () =>
            {
                await window.GoAsync(open.Address("/analytics"));
                await window.Page.Locator(".board-figures").WaitForAsync();
                return Number((await window.Page.Locator(".board-figures dt + dd").AllTextContentsAsync())[2]) > before;
            },
            "the page of figures shows it");
        Assert.Empty(window.Complaints);
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
        var before = await LookedAtAsync();
        await using var window = await browser.OpenAsync();
        await window.Page.RouteAsync("**/track", route => route.AbortAsync());
        await open.WholeAsync(window, "/orders");
        await window.EvaluateAsync<bool>("import('analytics/EventTracker').then(({ trackEvent }) => trackEvent('product_viewed', { productId: 62, title: 'A late thing' }))");
        await Eventually.HoldsAsync(() => Task.FromResult(window.Complaints.Any(complaint => complaint.Contains("/track failed", StringComparison.Ordinal))), "it was tried in vain");

        Assert.Equal(before, await LookedAtAsync());

        await window.Page.UnrouteAsync("**/track");
        await window.GoAsync(open.Address("/orders"));

        await Eventually.HoldsAsync(async () => await LookedAtAsync() == before + 1, "the counter has it");
    }

    [Fact]
    public async Task Without_script_a_page_is_counted_all_the_same()
    {
        var before = await LookedAtAsync();
        await using var window = await browser.OpenAsync(withScript: false);

        await window.GoAsync(open.Address("/products/7"));

        await Eventually.HoldsAsync(async () => await LookedAtAsync() > before, "the counter has the product");
    }

    /// <summary>Products looked at in the last 30 days, as the service itself says.</summary>
    private async Task<int> LookedAtAsync()
    {
        var board = await open.Shop["analytics"].Client.GetStringAsync(new Uri("/fragments/analytics-dashboard", UriKind.Relative), TestContext.Current.CancellationToken);
        return Number(Figure().Matches(board)[2].Groups[1].Value);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("</dt><dd>([0-9,]+)</dd>")]
    private static partial Regex Figure();
}
