using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>The whole shop with a gateway that remembers what it has fetched, as everywhere but in most tests.</summary>
public sealed class RememberingShop : IAsyncLifetime
{
    private RunningShop? _shop;

    public RunningShop Shop => _shop!;

    public async ValueTask InitializeAsync() => _shop = await RunningShop.StartAsync(isPatient: true);

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }
    }
}
