using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Stitcher.Federation.ImportMaps;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Xunit;

namespace Stitcher.Federation.Tests.Negotiation;

public sealed class NegotiatorTests
{
    [Fact]
    public void Every_exposed_module_is_mapped_under_its_services_name()
    {
        var map = Map(Offer("products", exposes: [("./ProductCard", "card.js"), ("./views/List", "views/list.js")]));

        Assert.Equal("/_s/products/assets/card.js", map.Imports["products/ProductCard"]);
        Assert.Equal("/_s/products/assets/views/list.js", map.Imports["products/views/List"]);
    }

    [Fact]
    public void A_fragment_without_a_module_is_not_mapped()
    {
        var manifest = new ServiceManifest { Name = "a", Revision = "1", Exposes = [new ExposedModule { Key = "./A", Fragment = "/a" }] };

        Assert.True(Map(new PortfolioService("a", manifest, "/_s/a/assets/")).IsEmpty);
    }

    [Theory]
    [InlineData("18.2.0", "18.3.1", "b")]
    [InlineData("19.0.0", "18.3.1", "a")]
    [InlineData("18.3.1", "18.3.1", "a")]
    [InlineData("1.2.3+zzz", "1.2.3+aaa", "a")]
    [InlineData("5.0.0-rc.1", "4.9.0", "b")]
    [InlineData("5.0.0-rc.1", "5.0.0-rc.2", "b")]
    [InlineData("not a version", "0.0.1", "b")]
    [InlineData("9.9.9", "10.0.0", "b")]
    public void V098_Of_two_addresses_for_one_specifier_the_highest_stable_version_wins_and_names_decide_ties(string a, string b, string winner)
    {
        var map = Map(Offer("b", shared: [("react", b)]), Offer("a", shared: [("react", a)]));

        Assert.Equal($"/_s/{winner}/assets/react.js", map.Imports["react"]);
    }

    [Fact]
    public void All_entries_of_a_package_come_from_one_service()
    {
        var map = Map(
            Offer("a", shared: [("react", "18.2.0")], entries: [("react", "react-a.js"), ("react/old", "old.js")]),
            Offer("b", shared: [("react", "18.3.1")], entries: [("react", "react-b.js"), ("react/jsx-runtime", "jsx.js")]));

        Assert.Equal(["react", "react/jsx-runtime"], map.Imports.Keys);
        Assert.All(map.Imports.Values, static address => Assert.StartsWith("/_s/b/", address, StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_that_does_not_provide_a_package_does_not_win_it()
    {
        var own = Offer("a", shared: [("lit", "9.0.0")]);
        own = own with { Manifest = own.Manifest with { Shared = [own.Manifest.Shared[0] with { Provide = false }] } };

        Assert.Equal("/_s/b/assets/lit.js", Map(own, Offer("b", shared: [("lit", "1.0.0")])).Imports["lit"]);
    }

    [Fact]
    public void An_exposed_name_cannot_take_the_place_of_a_part_of_a_package()
    {
        var map = Map(
            Offer("react", exposes: [("./jsx-runtime", "evil.js")]),
            Offer("a", exposes: [("./Ok", "ok.js")], shared: [("react", "18.3.1")]));

        Assert.Equal(["a/Ok", "react"], map.Imports.Keys);
    }

    [Fact]
    public void Known_hashes_go_with_the_addresses_that_are_mapped_and_with_no_others()
    {
        var offer = Offer("a", exposes: [("./A", "a.js")], shared: [("lit", "1.0.0")]);
        offer = offer with
        {
            Manifest = offer.Manifest with
            {
                Modules = ImmutableSortedDictionary<string, ModuleFile>.Empty
                    .Add("a.js", new ModuleFile { Integrity = "sha384-a" })
                    .Add("unused.js", new ModuleFile { Integrity = "sha384-u" }),
            },
        };

        Assert.Equal(
            [KeyValuePair.Create("/_s/a/assets/a.js", "sha384-a")], Map(offer).Integrity);
    }

    [Fact]
    public void Private_specifiers_are_seen_by_their_own_service_only()
    {
        var offer = Offer("a");
        offer = offer with { Manifest = offer.Manifest with { Internal = ImmutableSortedDictionary<string, string>.Empty.Add("#util", "util.js") } };

        var map = Map(offer);

        Assert.Empty(map.Imports);
        Assert.Equal("/_s/a/assets/util.js", map.Scopes["/_s/a/assets/"]["#util"]);
    }

    [Fact]
    public void A_base_without_its_slash_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Map(Offer("a") with { BaseUrl = "/_s/a/assets" }));

    private static ImportMap Map(params PortfolioService[] services) => Negotiator.Negotiate(new Portfolio { Services = [.. services] }).Map;

    private static PortfolioService Offer(
        string name,
        (string Key, string File)[]? exposes = null,
        (string Package, string Version)[]? shared = null,
        (string Specifier, string File)[]? entries = null) => new(
            name,
            new ServiceManifest
            {
                Name = name,
                Revision = "r1",
                Exposes = [.. (exposes ?? []).Select(static expose => new ExposedModule { Key = expose.Key, Module = expose.File })],
                Shared = [.. (shared ?? []).Select(row => new SharedPackage
                {
                    Package = row.Package,
                    Version = row.Version,
                    Entries = (entries ?? [(row.Package, row.Package.Replace('/', '_') + ".js")])
                        .ToImmutableSortedDictionary(static entry => entry.Specifier, static entry => entry.File),
                })],
            },
            $"/_s/{name}/assets/");
}
