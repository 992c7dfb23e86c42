using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Stitcher.Browser.Tests.LongestFirst))]

namespace Stitcher.Browser.Tests;

/// <summary>Begins with the collections that take longest: whichever is begun last is waited for by all.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [ShopFlowOutage.Name, ShopFlow.Name, OpenShop.Name, nameof(ShopOutageTests), nameof(NativeFederationTests)];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(static collection => collection.UniqueID, StringComparer.Ordinal)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length;
}
