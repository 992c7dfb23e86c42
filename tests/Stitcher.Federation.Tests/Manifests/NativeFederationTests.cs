using System.Text;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Xunit;

namespace Stitcher.Federation.Tests.Manifests;

public sealed class NativeFederationTests
{
    private const string Hash = "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC";

    private const string Dense = """
        { "$version": "v4", "name": "mfe1",
          "exposes": [ { "key": "./Button", "outFileName": "Button-1A.js", "element": "mfe-button" } ],
          "shared": [
            { "packageName": "@angular/core", "version": "20.0.0", "requiredVersion": "^20.0.0", "singleton": true, "strictVersion": true,
              "pool": "angular", "bundle": "browser-shared",
              "entries": { "@angular/core": "core.js", "@angular/core/testing": "core-testing.js" } } ],
          "chunks": { "browser-shared": [ "chunk-ABCD.js" ], "mapping-or-exposed": [ "chunk-EFGH.js" ], "node-shared": [ "chunk-NODE.js" ] },
          "integrity": { "Button-1A.js": "HASH", "core.js": "HASH", "chunk-ABCD.js": "HASH", "elsewhere.js": "HASH" } }
        """;

    [Fact]
    public void Version_4_with_one_row_per_package_is_read()
    {
        var manifest = Read(Dense.Replace("HASH", Hash, StringComparison.Ordinal), out var problems);

        Assert.Empty(problems);
        Assert.Equal(("mfe", "/remote/"), (manifest!.Name, manifest.Base));
        var button = Assert.Single(manifest.Exposes);
        Assert.Equal(("./Button", "Button-1A.js", "mfe-button"), (button.Key, button.Module, button.Element));
        var core = Assert.Single(manifest.Shared);
        Assert.Equal(("@angular/core", "20.0.0", "^20.0.0", "angular"), (core.Package, core.Version, core.RequiredVersion, core.Family));
        Assert.True(core is { Singleton: true, StrictVersion: true, Dedupe: true });
        Assert.Equal(["@angular/core", "@angular/core/testing"], core.Entries.Keys);
        Assert.Equal(["@nf-internal/chunk-ABCD", "@nf-internal/chunk-EFGH"], manifest.Internal.Keys);
        Assert.Equal(["Button-1A.js", "chunk-ABCD.js", "core.js"], manifest.Modules.Keys);
        Assert.All(manifest.Modules.Values, static module => Assert.Equal(Hash, module.Integrity));
    }

    [Fact]
    public void Version_3_with_one_row_per_specifier_is_the_same_package()
    {
        var manifest = Read(
            """
            { "name": "team/mfe1", "exposes": [ { "key": "./Button", "outFileName": "./Button.js" } ],
              "shared": [
                { "packageName": "@angular/core/testing", "outFileName": "testing.js", "version": "20.0.0", "requiredVersion": "^20.0.0", "singleton": true, "strictVersion": false },
                { "packageName": "@angular/core", "outFileName": "core.js", "version": "20.0.0", "requiredVersion": "^20.0.0", "singleton": true, "strictVersion": true },
                { "packageName": "rxjs", "outFileName": "rxjs.js", "version": "7.8.1", "requiredVersion": "", "singleton": true, "strictVersion": false } ] }
            """,
            out var problems);

        Assert.Empty(problems);
        Assert.Equal("Button.js", Assert.Single(manifest!.Exposes).Module);
        Assert.Equal(["@angular/core", "rxjs"], manifest.Shared.Select(static row => row.Package));
        Assert.Equal(["core.js", "testing.js"], manifest.Shared[0].Entries.Values);
        Assert.True(manifest.Shared[0].StrictVersion);
        Assert.Equal("=7.8.1", manifest.Shared[1].RequiredVersion);
    }

    [Fact]
    public void What_is_no_singleton_there_runs_privately_here_and_strict_scopes_share_equal_versions()
    {
        var manifest = Read(
            """
            { "name": "m", "exposes": [], "shared": [
                { "packageName": "lodash", "outFileName": "lodash.js", "version": "4.17.21", "requiredVersion": "^4.0.0", "singleton": false, "strictVersion": false },
                { "packageName": "date", "outFileName": "date.js", "version": "1.2.3", "requiredVersion": "^1.0.0", "singleton": true, "strictVersion": true, "shareScope": "strict" } ] }
            """,
            out _)!;

        Assert.Equal((false, false), (manifest.Shared[0].Singleton, manifest.Shared[0].Dedupe));
        Assert.Equal(("=1.2.3", "strict", false, true), (
            manifest.Shared[1].RequiredVersion, manifest.Shared[1].ShareScope, manifest.Shared[1].Singleton, manifest.Shared[1].Dedupe));

        var other = manifest with { Name = "other", Shared = [manifest.Shared[0] with { Version = "4.17.22" }, manifest.Shared[1]] };
        var result = Negotiator.Negotiate(new Portfolio
        {
            Services = [new PortfolioService("m", manifest, "/m/"), new PortfolioService("other", other, "/other/")],
        });
        Assert.Empty(result.Diagnostics);
        Assert.Equal(("/m/lodash.js", "/other/lodash.js"), (result.Map.Scopes["/m/"]["lodash"], result.Map.Scopes["/other/"]["lodash"]));
        Assert.Equal(("/m/date.js", "/m/date.js"), (result.Map.Scopes["/m/"]["date"], result.Map.Scopes["/other/"]["date"]));
    }

    [Fact]
    public void A_copy_without_a_version_stays_private_to_its_service()
    {
        var manifest = Read("""{ "shared": [ { "packageName": "odd", "outFileName": "odd.js", "singleton": true } ] }""", out var problems);

        Assert.Empty(manifest!.Shared);
        Assert.Equal("odd.js", manifest.Internal["odd"]);
        Assert.Equal(("FED210", "shared[0].version"), (Assert.Single(problems).Code, problems[0].Subject));
    }

    [Theory]
    [InlineData("""{ "exposes": [ { "key": "./A", "outFileName": "../up.js" } ] }""", "FED330", "exposes[0].outFileName")]
    [InlineData("""{ "exposes": [ { "key": "A", "outFileName": "a.js" } ] }""", "FED331", "exposes[0].key")]
    [InlineData("""{ "exposes": [ { "key": "./__proto__", "outFileName": "a.js" } ] }""", "FED331", "exposes[0].key")]
    [InlineData("""{ "exposes": [ { "key": "./A", "outFileName": "a.js" }, { "key": "./A", "outFileName": "b.js" } ] }""", "FED334", "exposes[1].key")]
    [InlineData("""{ "shared": [ { "packageName": "https://evil.example/x", "outFileName": "a.js" } ] }""", "FED331", "shared[0].packageName")]
    [InlineData("""{ "shared": [ { "packageName": "a", "version": "1.0.0", "entries": { "react": "r.js" } } ] }""", "FED331", "shared[0].entries[\"react\"]")]
    [InlineData("""{ "shared": [ { "packageName": "a", "version": "1.0.0", "outFileName": "https://evil.example/a.js" } ] }""", "FED330", "shared[0].outFileName")]
    [InlineData("""{ "chunks": { "mapping-or-exposed": [ "../../x.js" ] } }""", "FED330", "chunks[\"mapping-or-exposed\"][0]")]
    [InlineData("""{ "shared": {} }""", "FED335", "shared")]
    public void What_reaches_out_is_left_out(string json, string code, string subject)
    {
        Read(json, out var problems);

        Assert.Equal((code, subject), (Assert.Single(problems).Code, problems[0].Subject));
    }

    private static ServiceManifest? Read(string json, out IReadOnlyList<ManifestProblem> problems)
    {
        var manifest = ForeignManifest.Read(
            ManifestFormat.NativeFederation, Encoding.UTF8.GetBytes(json), new ManifestOrigin("mfe", "/remote/"), out var found);
        problems = found;
        return manifest;
    }
}
