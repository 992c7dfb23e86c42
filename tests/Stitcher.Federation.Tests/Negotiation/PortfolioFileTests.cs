using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Stitcher.Federation.Negotiation;
using Stitcher.Federation.Versions;
using Xunit;

namespace Stitcher.Federation.Tests.Negotiation;

public sealed class PortfolioFileTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "the file: an object was expected.")]
    [InlineData("{}", "the file: \"services\" is missing.")]
    [InlineData("""{ "services": 3 }""", "the file.services: a list was expected.")]
    [InlineData("""{ "services": [{}] }""", "the file.services[0]: \"name\" is missing.")]
    [InlineData("""{ "services": [{ "name": "../a" }] }""", "the file.services[0].name: a name of at most 64 characters without blanks and slashes was expected.")]
    [InlineData("""{ "services": [{ "name": "a" }, { "name": "a" }] }""", "the file.services[1]: a@r1 stands there twice.")]
    [InlineData("""{ "services": [{ "name": "a", "base": "/x" }] }""", "the file.services[0]: \"base\" must be a root-relative or absolute http address that ends in '/'.")]
    [InlineData("""{ "services": [{ "name": "a", "base": "javascript:/" }] }""", "the file.services[0]: \"base\" must be a root-relative or absolute http address that ends in '/'.")]
    [InlineData("""{ "services": [{ "name": "a", "state": "gone" }] }""", "the file.services[0].state: one of fresh, stale, expired was expected.")]
    [InlineData("""{ "services": [{ "name": "a", "shared": { "p": { "singleton": 1 } } }] }""", "the file.services[0].shared[\"p\"].singleton: true or false was expected.")]
    [InlineData("""{ "services": [], "config": { "overrides": { "p": { "floor": "soon" } } } }""", "the file.config.overrides[\"p\"].floor: an npm range such as >=3.2.4 was expected.")]
    [InlineData("""{ "services": [], "config": { "overrides": { "p": { "pin": "latest" } } } }""", "the file.config.overrides[\"p\"].pin: a version such as 5.1.3 was expected.")]
    public void A_file_of_another_form_is_refused_with_the_place(string json, string expected)
    {
        Assert.Null(PortfolioFile.Read(Encoding.UTF8.GetBytes(json), out var problem));
        Assert.NotNull(problem);
        if (expected.Length > 0)
        {
            Assert.Equal(expected, problem);
        }
    }

    [Fact]
    public void A_thousand_packages_that_require_each_other_in_a_ring_are_one_unit()
    {
        var rows = Enumerable.Range(0, 1_000).Select(static i =>
            $"\"p{i:0000}\": {{ \"version\": \"1.0.0\", \"requiredVersion\": \"*\", \"requires\": {{ \"p{(i + 1) % 1_000:0000}\": \"*\" }} }}");
        var json = $"{{ \"services\": [{{ \"name\": \"a\", \"shared\": {{ {string.Join(',', rows)} }} }}] }}";

        var result = Negotiator.Negotiate(PortfolioFile.Read(Encoding.UTF8.GetBytes(json), out _)!.Portfolio);

        Assert.Equal(1_000, Assert.Single(result.Decisions).Value.Packages.Length);
        Assert.Equal("FED130", Assert.Single(result.Diagnostics).Code);
        Assert.Equal(1_000, result.Map.Imports.Count);
        Assert.True(result.IsPublishable);
    }

    [Fact]
    public void A_specifier_that_would_close_the_script_or_reach_a_prototype_is_refused()
    {
        const string json = """
            { "services": [ { "name": "a", "internal": { "</script>": "a.js", "x\u2028": "b.js", "__proto__": "c.js", "a/constructor": "d.js", "#ok": "e.js" },
                              "exposes": { "./__proto__": "f.js" } } ] }
            """;
        var file = PortfolioFile.Read(Encoding.UTF8.GetBytes(json), out _)!;

        Assert.Equal(5, file.Refused.Length);
        Assert.All(file.Refused, static said => Assert.Equal("FED331", said.Code));
        Assert.Equal("""{"scopes":{"/s/a/r1/":{"#ok":"/s/a/r1/e.js"}}}""", Encoding.UTF8.GetString(Negotiator.Negotiate(file.Portfolio).Map.ToUtf8Bytes()));
    }

    [Theory]
    [MemberData(nameof(VectorTests.Ids), MemberType = typeof(VectorTests))]
    public void A_portfolio_that_was_written_is_read_as_the_same(string id)
    {
        var before = PortfolioFile.Read(VectorTests.Input(id), out _)!.Portfolio;

        var after = Again(before);

        Assert.Equal(Report(before), Report(after));
    }

    [Fact]
    public void A_portfolio_of_any_form_is_read_as_the_same_after_it_was_written() =>
        GeneratedPortfolios.All.Where(HasPinsThatAreVersions).Sample(static portfolio => Report(portfolio) == Report(Again(portfolio)), iter: 200, threads: 1);

    [Fact]
    public void The_length_of_files_is_read_and_written_and_adds_up_to_what_a_copy_weighs()
    {
        const string json = """
            { "services": [ { "name": "a",
                "shared": { "p": { "version": "1.0.0", "entries": { "p": "p.js", "p/more": "more.js" } }, "q": { "version": "1.0.0", "entries": { "q/": "q/" } } },
                "imports": { "p.js": [ "./parts/x.js", "q" ], "parts/x.js": [ "../p.js" ] },
                "bytes": { "p.js": 1000, "parts/x.js": 200, "more.js": 30, "other.js": 4 } } ] }
            """;
        var service = Again(PortfolioFile.Read(Encoding.UTF8.GetBytes(json), out _)!.Portfolio).Services[0];

        Assert.Equal(new CopySize(1230, true), CopySize.Of(service, ["p"]));
        Assert.Equal(new CopySize(1230, false), CopySize.Of(service, ["p", "q"]));
        Assert.Equal(new CopySize(0, false), CopySize.Of(service, ["z"]));
    }

    private static bool HasPinsThatAreVersions(Portfolio portfolio) =>
        portfolio.Policy.Overrides.Values.All(static wish => wish.Pin is null || PackageVersion.TryParse(wish.Pin, out _));

    private static Portfolio Again(Portfolio portfolio)
    {
        var output = new ArrayBufferWriter<byte>();
        PortfolioFile.Write(portfolio, output);
        var file = PortfolioFile.Read(output.WrittenMemory, out var problem);
        Assert.Null(problem);
        Assert.Empty(file!.Refused);
        return file.Portfolio;
    }

    private static string Report(Portfolio portfolio)
    {
        var output = new ArrayBufferWriter<byte>();
        var file = new PortfolioFile { Portfolio = portfolio, Refused = [], Declared = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty };
        NegotiationReport.Write(Negotiator.Negotiate(portfolio), file, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
