using Stitcher.TestKit;

namespace Stitcher.Browser.Tests;

/// <summary>A shop whose gateway remembers no fragment: what a dead service sent before would be shown for a while.</summary>
public sealed class ForgetfulShop() : BrowserShop(new Dictionary<string, string>(RunningShop.ShortRests) { ["Stitcher__Cache__Bytes"] = "0" }, [.. OpenShop.Pages])
{
    private IReadOnlyCollection<string> _dead = [];

    /// <summary>The shop with some of its services dead, of which the gateway has taken note, and all others alive.</summary>
    internal async Task<RunningShop> WithoutAsync(params IReadOnlyCollection<string> dead)
    {
        await Task.WhenAll(_dead.Select(Shop.StartAgainAsync));
        _dead = [];
        await Eventually.HoldsAsync(IsWholeAsync, "the start page has a part of every service", RunningShop.Recovery);

        _dead = dead;
        await Task.WhenAll(dead.Select(Shop.KillAsync));
        await Shop.Client.GetStringAsync("/");
        return Shop;
    }

    private async Task<bool> IsWholeAsync()
    {
        var page = await Shop.Client.GetStringAsync("/");
        return RunningShop.Projects.Keys.All(service => page.Contains($"data-module=\"{service}/", StringComparison.Ordinal));
    }
}
