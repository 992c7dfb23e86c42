using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>One shop at a time: each test starts up to six processes, and looks for ports that nobody has.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LauncherCollection
{
    public const string Name = "The launcher";
}
