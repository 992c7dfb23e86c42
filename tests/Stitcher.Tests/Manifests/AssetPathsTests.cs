using Stitcher.Configuration;
using Stitcher.Manifests;
using Xunit;

namespace Stitcher.Tests.Manifests;

public sealed class AssetPathsTests
{
    [Theory]
    [InlineData("/assets/a.js", true)]
    [InlineData("/assets/deep/er/a.css", true)]
    [InlineData("/assets", true)]
    [InlineData("/", false)]
    [InlineData("/fragments/card", false)]
    [InlineData("/assetsx/a.js", false)]
    [InlineData("/api/assets/a.js", false)]
    public void Without_configuration_only_the_assets_folder_is_shown(string path, bool shown) =>
        Assert.Equal(shown, new AssetPaths(new ServiceOptions().Assets).Contain(path));

    [Theory]
    [InlineData("/build/a.js", true)]
    [InlineData("/favicon.svg", true)]
    [InlineData("/assets/a.js", false)]
    public void What_is_configured_takes_its_place(string path, bool shown) =>
        Assert.Equal(shown, new AssetPaths(["/build/{**path}", "/favicon.svg"]).Contain(path));

    [Fact]
    public void An_empty_list_shows_nothing() => Assert.False(new AssetPaths([]).Contain("/assets/a.js"));
}
