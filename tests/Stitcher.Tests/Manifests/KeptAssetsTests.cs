using Stitcher.Federation.Manifests;
using Stitcher.Manifests;
using Xunit;

namespace Stitcher.Tests.Manifests;

public sealed class KeptAssetsTests
{
    private static readonly KnownRevision Revision = new(
        "users", new ServiceManifest { Name = "users", Revision = "r1", Exposes = [new() { Key = "./Profile", Module = "profile.js" }] }, default, default);

    [Fact]
    public async Task A_file_that_two_have_fetched_is_kept_once_and_both_have_it()
    {
        var kept = new KeptAssets(capacity: 150, folder: null);
        var first = await kept.KeepAsync(Revision, Revision.Files["profile.js"], new byte[100]);
        var second = await kept.KeepAsync(Revision, Revision.Files["profile.js"], new byte[100]);

        Assert.NotNull(first);
        Assert.Same(first, second);
    }

    [Fact]
    public async Task A_file_for_which_there_is_no_room_is_not_kept()
    {
        var kept = new KeptAssets(capacity: 50, folder: null);

        Assert.Null(await kept.KeepAsync(Revision, Revision.Files["profile.js"], new byte[100]));
        Assert.Null(kept.Find(Revision, Revision.Files["profile.js"]));
    }
}
