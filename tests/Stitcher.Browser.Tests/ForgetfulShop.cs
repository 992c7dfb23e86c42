using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>A shop whose gateway remembers no fragment: what a dead service sent before would be shown for a while.</summary>
public sealed class ForgetfulShop : IAsyncLifetime
{
    private RunningShop? _shop;
    private IReadOnlyCollection<string> _dead = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!RealBrowser.IsInstalled)
        {
            return;
        }

        _shop = await RunningShop.StartAsync(new Dictionary<string, string>(RunningShop.ShortRests) { ["Stitcher__Cache__Bytes"] = "0" }, isPatient: true);
        foreach (var path in OpenShop.Pages)
        {
            await Eventually.HoldsAsync(() => OpenShop.KeepsAsync(_shop, path), $"the gateway has asked for every file that {path} names");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }
    }

    /// <summary>The shop with some of its services dead, of which the gateway has taken note, and all others alive.</summary>
    internal async Task<RunningShop> WithoutAsync(params IReadOnlyCollection<string> dead)
    {
        await Task.WhenAll(_dead.Select(_shop!.StartAgainAsync));
        _dead = [];
        await Eventually.HoldsAsync(IsWholeAsync, "the start page has a part of every service", RunningShop.Recovery);

        _dead = dead;
        await Task.WhenAll(dead.Select(_shop.KillAsync));
        await _shop.Client.GetStringAsync("/");
        return _shop;
    }

    private async Task<bool> IsWholeAsync()
    {
        var page = await _shop!.Client.GetStringAsync("/");
        return RunningShop.Projects.Keys.All(service => page.Contains($"data-module=\"{service}/", StringComparison.Ordinal));
    }
}
