using Stitcher.Federation.Versions;
using Xunit;

namespace Stitcher.Federation.Tests.Versions;

public sealed class VersionRangeTests
{
    // What npm answers for the same pairs.
    [Theory]
    [InlineData("^1.2.3", "1.9.0", true)]
    [InlineData("^1.2.3", "2.0.0", false)]
    [InlineData("^0.2.3", "0.2.9", true)]
    [InlineData("^0.2.3", "0.3.0", false)]
    [InlineData("^0.0.50", "0.0.51", false)]
    [InlineData("~1.2.3", "1.2.9", true)]
    [InlineData("~1.2.3", "1.3.0", false)]
    [InlineData("~> 1.2", "1.2.7", true)]
    [InlineData("1.x", "1.99.0", true)]
    [InlineData("1 - 2", "2.9.9", true)]
    [InlineData("1.0.0 - 2.0.0", "2.0.1", false)]
    [InlineData(">=1.2.0 <1.5.0 || ^3", "3.4.0", true)]
    [InlineData("*", "4.0.0", true)]
    [InlineData("*", "4.0.0-rc.1", false)]
    [InlineData("", "0.0.1", true)]
    [InlineData("^5.0.0-rc.0", "5.0.0-rc.1", true)]
    [InlineData("^5.0.0", "5.1.0-rc.1", false)]
    [InlineData("^5.0.0-rc.0", "5.1.0-rc.1", false)]
    [InlineData("=1.2.3", "1.2.3+build", true)]
    public void A_range_accepts_what_npm_accepts(string range, string version, bool accepted)
    {
        Assert.True(VersionRange.TryParseNpm(range, out var parsed));
        Assert.True(PackageVersion.TryParse(version, out var candidate));
        Assert.Equal(accepted, parsed.Accepts(candidate));
        Assert.Equal(range, parsed.ToString());
    }

    [Theory]
    [InlineData("not a range")]
    [InlineData("^1.2.3.4")]
    [InlineData(">>1.0.0")]
    [InlineData(null)]
    public void What_is_no_range_is_told_without_an_exception(string? text) => Assert.False(VersionRange.TryParseNpm(text, out _));

    [Theory]
    [InlineData("v1.2.3", "1.2.3")]
    [InlineData(" 1.2.3 ", "1.2.3")]
    [InlineData("1.2.3-rc.1+b", "1.2.3-rc.1+b")]
    public void A_version_is_read_as_people_write_it(string text, string canonical)
    {
        Assert.True(PackageVersion.TryParse(text, out var version));
        Assert.Equal(canonical, version.ToString());
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("1.2")]
    [InlineData("01.2.3")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_version_is_told_without_an_exception(string? text) => Assert.False(PackageVersion.TryParse(text, out _));

    [Fact]
    public void Text_beyond_the_limit_is_not_looked_at()
    {
        Assert.False(PackageVersion.TryParse("1.2.3-" + new string('a', 256), out _));
        Assert.False(VersionRange.TryParseNpm("1.2.3-" + new string('a', 256), out _));
    }

    [Fact]
    public void A_service_without_a_range_accepts_what_is_compatible_with_its_own_version()
    {
        Assert.True(PackageVersion.TryParse("2.0.0-alpha.3+x", out var own));
        var range = VersionRange.CaretOf(own);

        Assert.True(range.Accepts(own));
        Assert.Equal("^2.0.0-alpha.3", range.ToString());
    }

    [Fact]
    public void Any_version_includes_prereleases()
    {
        Assert.True(PackageVersion.TryParse("3.0.0-rc.1", out var candidate));
        Assert.True(VersionRange.Any.Accepts(candidate));
    }
}
