using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>A shop in which people buy and keep the stockroom; one for all tests that do so.</summary>
[CollectionDefinition(Name)]
public sealed class ShopFlow : IAsyncLifetime, ICollectionFixture<ShopFlow>
{
    public const string Name = "People in the shop";

    private RunningShop? _shop;

    public static TheoryData<int> Ways => [.. Enumerable.Range(0, ShopFlowWay.All.Length)];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (RealBrowser.IsInstalled)
        {
            _shop = await RunningShop.StartAsync(isPatient: true);
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
