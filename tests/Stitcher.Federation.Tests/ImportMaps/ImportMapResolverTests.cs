using System.Collections.Immutable;
using Stitcher.Federation.ImportMaps;
using Xunit;

namespace Stitcher.Federation.Tests.ImportMaps;

/// <summary>The rules of the HTML standard, each with what browsers answer.</summary>
public sealed class ImportMapResolverTests
{
    [Theory]
    [InlineData("lit", "/s/a/lit.js")]
    [InlineData("lit/html.js", "/s/a/lit/html.js")]
    [InlineData("lit/deep/x.js", "/s/a/deep/x.js")]
    [InlineData("literal", null)]
    [InlineData("vue", null)]
    [InlineData("lit/../../x.js", null)]
    [InlineData("lit/a/../b.js", "/s/a/lit/b.js")]
    [InlineData("blocked/x.js", null)]
    [InlineData("bare", null)]
    [InlineData("/other.js", "/mapped.js")]
    [InlineData("./near.js", "/pages/near.js")]
    [InlineData("https://cdn.example/x.js", "https://cdn.example/x.js")]
    [InlineData("cdn", "https://cdn.example/y.js")]
    public void A_specifier_resolves_as_in_browsers(string specifier, string? address)
    {
        var map = new ImportMap(Pairs(
            ("lit", "/s/a/lit.js"),
            ("lit/", "/s/a/lit/"),
            ("lit/deep/", "/s/a/deep/"),
            ("blocked/", "/s/a/blocked.js"),
            ("bare", "no/address.js"),
            ("/other.js", "/mapped.js"),
            ("cdn", "https://cdn.example/y.js")));

        Assert.Equal(address, new ImportMapResolver(map, new Uri("https://shop.example/pages/")).Resolve(specifier));
    }

    [Theory]
    [InlineData("/s/a/x.js", "core", "/a-core.js")]
    [InlineData("/s/a/deep/x.js", "core", "/deep-core.js")]
    [InlineData("/s/a/deep/x.js", "only", "/a-only.js")]
    [InlineData("/s/a/deep/x.js", "everywhere", "/everywhere.js")]
    [InlineData("/s/ab/x.js", "core", "/core.js")]
    [InlineData("/s/a/x.js", "lit/html.js", "/a-lit/html.js")]
    [InlineData("/exact.js", "core", "/exact-core.js")]
    [InlineData("/exact.js/x.js", "core", "/core.js")]
    [InlineData("https://cdn.example/m/x.js", "core", "/cdn-core.js")]
    [InlineData("/s/a/x.js", "blocked", null)]
    public void The_scope_of_the_importing_file_decides_the_most_specific_first(string importer, string specifier, string? address)
    {
        var map = new ImportMap(
            Pairs(("core", "/core.js"), ("everywhere", "/everywhere.js"), ("lit/html.js", "/html.js"), ("blocked", "/blocked.js")),
            [
                KeyValuePair.Create("/s/a/", Pairs(("core", "/a-core.js"), ("only", "/a-only.js"), ("lit/", "/a-lit/"), ("blocked", "nowhere"))),
                KeyValuePair.Create("/s/a/deep/", Pairs(("core", "/deep-core.js"))),
                KeyValuePair.Create("/exact.js", Pairs(("core", "/exact-core.js"))),
                KeyValuePair.Create("https://cdn.example/m/", Pairs(("core", "/cdn-core.js"))),
            ]);

        Assert.Equal(address, new ImportMapResolver(map).Resolve(specifier, importer));
    }

    private static ImmutableSortedDictionary<string, string> Pairs(params (string Key, string Value)[] pairs) =>
        pairs.ToImmutableSortedDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
}
