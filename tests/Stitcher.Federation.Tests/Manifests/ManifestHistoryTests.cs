using System.Collections.Immutable;
using Stitcher.Federation.Manifests;
using Xunit;

namespace Stitcher.Federation.Tests.Manifests;

public sealed class ManifestHistoryTests
{
    [Theory]
    [InlineData("r1", "sha384-new", "FED343")]
    [InlineData("r1", "sha384-old", null)]
    [InlineData("r1", null, null)]
    [InlineData("r2", "sha384-new", null)]
    public void Other_bytes_under_the_same_revision_are_told(string revision, string? hash, string? code)
    {
        var problems = ManifestHistory.ChangedBytes(Manifest("r1", "sha384-old"), Manifest(revision, hash));

        Assert.Equal(code, problems.SingleOrDefault()?.Code);
        Assert.All(problems, static problem => Assert.Equal("modules[\"a.js\"].integrity", problem.Subject));
    }

    private static ServiceManifest Manifest(string revision, string? hash) => new()
    {
        Name = "a",
        Revision = revision,
        Modules = ImmutableSortedDictionary<string, ModuleFile>.Empty.Add("a.js", new ModuleFile { Integrity = hash }),
    };
}
