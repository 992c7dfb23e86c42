using Xunit;

namespace Stitcher.Browser.Tests.Runtime;

/// <summary>The tests that share the site.</summary>
[CollectionDefinition(Name)]
public sealed class RuntimeCollection : ICollectionFixture<RuntimeSite>
{
    public const string Name = "Fragments that live";
}
