using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>A shop in which people buy and keep the stockroom; one for all tests that do so.</summary>
[CollectionDefinition(Name)]
public sealed class ShopFlow : BrowserShop, ICollectionFixture<ShopFlow>
{
    public const string Name = "People in the shop";

    public static TheoryData<int> Ways => [.. Enumerable.Range(0, ShopFlowWay.All.Length)];
}
