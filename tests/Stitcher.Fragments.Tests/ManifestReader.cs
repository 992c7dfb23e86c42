using Stitcher.Federation.Manifests;
using Xunit;

namespace Stitcher.Fragments.Tests;

/// <summary>Asks a service for its manifest as a gateway does.</summary>
internal static class ManifestReader
{
    public static async Task<ServiceManifest> ReadAsync(RunningService service)
    {
        var bytes = await service.Http.GetByteArrayAsync(StitcherManifest.WellKnownPath, TestContext.Current.CancellationToken);
        var manifest = StitcherManifest.Read(bytes, out var problems);
        Assert.Empty(problems);
        Assert.NotNull(manifest);
        return manifest;
    }
}
