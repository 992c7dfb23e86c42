using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>A shop in which people meet services that are gone.</summary>
[CollectionDefinition(Name)]
public sealed class ShopFlowOutage : IAsyncLifetime, ICollectionFixture<ShopFlowOutage>
{
    public const string Name = "People in the shop while a service is gone";

    private RunningShop? _shop;

    internal RunningShop Shop => _shop!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!RealBrowser.IsInstalled)
        {
            return;
        }

        _shop = await RunningShop.StartAsync(RunningShop.ShortRests, isPatient: true);
        foreach (var path in (string[])["/", "/products", "/products/7", "/cart", "/sign-in", "/preferences", "/orders", "/analytics"])
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

    /// <summary>Somebody comes in.</summary>
    internal Task<ShopFlowVisitor> EnterAsync(RealBrowser browser, ShopFlowWay way) => ShopFlowVisitor.EnterAsync(browser, _shop, way);
}
