using Xunit;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>Not beside other tests: they end gateways and hold services.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DeployedCollection : ICollectionFixture<PublishedShop>
{
    public const string Name = "The shop, deployed";
}
