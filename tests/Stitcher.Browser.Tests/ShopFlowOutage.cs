using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>A shop in which people meet services that are gone.</summary>
[CollectionDefinition(Name)]
public sealed class ShopFlowOutage()
    : BrowserShop(RunningShop.ShortRests, "/", "/products", "/products/7", "/cart", "/sign-in", "/preferences", "/orders", "/analytics"), ICollectionFixture<ShopFlowOutage>
{
    public const string Name = "People in the shop while a service is gone";
}
