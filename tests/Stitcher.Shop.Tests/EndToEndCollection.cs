using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>Not beside other tests: they end and hold processes, and watch the clock.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EndToEndCollection : ICollectionFixture<EndToEndShop>
{
    public const string Name = "The shop, end to end";
}
