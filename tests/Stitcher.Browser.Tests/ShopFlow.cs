using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>A shop in which people buy, keep the stockroom and meet services that are gone; one for all tests that do so.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ShopFlow : IAsyncLifetime, ICollectionFixture<ShopFlow>
{
    public const string Name = "People in the shop";

    // A round through a shop without one of its services takes so long that its circuit would rest for longer and longer, and a service that has
    // just begun may be too slow for the one question that tries it.
    private static readonly Dictionary<string, string> Settings = RunningShop.Projects.Keys.Index()
        .ToDictionary(static service => $"Stitcher__Services__{service.Index}__Resilience__Circuit__LongestBreak", static _ => "00:00:05");

    private RunningShop? _shop;

    public static TheoryData<int> Ways => [.. Enumerable.Range(0, ShopFlowWay.All.Length)];

    internal RunningShop Shop => _shop!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (RealBrowser.IsInstalled)
        {
            _shop = await RunningShop.StartAsync(Settings);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }
    }

    /// <summary>Somebody comes in.</summary>
    internal async Task<ShopFlowVisitor> EnterAsync(RealBrowser browser, ShopFlowWay way)
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        return new ShopFlowVisitor(await browser.OpenAsync(way.Look, withScript: way.WithScript), Shop.Gateway.Address, way);
    }
}
