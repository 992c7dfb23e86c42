using System.Text;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Xunit;

namespace Stitcher.Federation.Tests.Manifests;

public sealed class ForeignManifestTests
{
    private const string Hash = "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC";

    private const string Module = """
        { "id": "app2", "name": "app2",
          "metaData": { "name": "app2", "type": "app", "buildInfo": { "buildVersion": "1", "buildName": "app2", "hash": "b1" },
                        "remoteEntry": { "name": "remoteEntry.js", "path": "", "type": "global" }, "publicPath": "auto" },
          "shared": [ { "id": "app2:react", "name": "react", "version": "18.3.1", "singleton": true, "requiredVersion": "^18.0.0",
                        "assets": { "js": { "sync": ["react.js"], "async": [] }, "css": { "sync": [], "async": [] } } } ],
          "remotes": [ { "federationContainerName": "users", "moduleName": "Profile", "alias": "users", "entry": "http://localhost/mf-manifest.json" } ],
          "exposes": [ { "id": "app2:Button", "name": "Button", "path": "./Button",
                         "assets": { "js": { "sync": ["button.js"], "async": ["later.js"] }, "css": { "sync": ["button.css"], "async": [] } } } ] }
        """;

    private const string Podium = """
        { "name": "header", "version": "1.4.0", "content": "/", "fallback": "/fallback",
          "css": [ { "value": "/header/css/a.css", "type": "text/css" } ],
          "js": [ { "value": "/header/js/a.js", "type": "module", "integrity": "HASH" }, { "value": "/header/js/old.js", "type": "default" } ],
          "proxy": {} }
        """;

    private const string Map = """
        { "imports": { "lit": "./lit.js", "header/Card": "./card.js", "lit/": "./lit/" },
          "scopes": { "./": { "deep": "./deep.js" }, "/": { "react": "./react.js" } },
          "integrity": { "./card.js": "HASH" } }
        """;

    [Fact]
    public void A_module_federation_manifest_is_an_inventory_and_offers_nothing()
    {
        var manifest = Read(ManifestFormat.ModuleFederation, Module, out var problems)!;

        Assert.Empty(problems);
        Assert.Equal("b1", manifest.Revision);
        Assert.Equal(("./Button", null), (Assert.Single(manifest.Exposes).Key, manifest.Exposes[0].Module));
        Assert.Equal(["button.css"], manifest.Exposes[0].Css);
        Assert.Equal(["button.js"], manifest.Modules.Keys);
        Assert.Equal(("react", "18.3.1"), (Assert.Single(manifest.Inventory).Package, manifest.Inventory[0].Version));
        Assert.Equal(("users", "./Profile"), (Assert.Single(manifest.Consumes).Service, manifest.Consumes[0].Exposes[0]));
        Assert.Empty(manifest.Shared);
        Assert.True(Negotiator.Negotiate(new Portfolio { Services = [new PortfolioService("header", manifest, "/x/")] }).Map.IsEmpty);
    }

    [Fact]
    public void Code_in_a_module_federation_manifest_is_not_run()
    {
        var json = Module.Replace("\"publicPath\": \"auto\"", "\"getPublicPath\": \"return location.href\"", StringComparison.Ordinal);

        Assert.NotNull(Read(ManifestFormat.ModuleFederation, json, out var problems));
        Assert.Equal(("FED335", "metaData.getPublicPath"), (Assert.Single(problems).Code, problems[0].Subject));
    }

    [Fact]
    public void A_podium_manifest_is_a_fragment_with_its_fallback_and_assets()
    {
        var manifest = Read(ManifestFormat.Podium, Podium, out var problems)!;

        Assert.Empty(problems);
        Assert.Equal("1.4.0", manifest.Revision);
        Assert.Equal(["./content", "./fallback", "./js/a.js"], manifest.Exposes.Select(static exposed => exposed.Key));
        Assert.Equal(("/", "/fallback"), (manifest.Exposes[0].Fragment, manifest.Exposes[1].Fragment));
        Assert.Equal(["css/a.css"], manifest.Exposes[0].Css);
        Assert.Equal("js/a.js", manifest.Exposes[2].Module);
        Assert.Equal(Hash, manifest.Modules["js/a.js"].Integrity);
    }

    [Fact]
    public void An_import_map_reaches_its_own_service_only()
    {
        var manifest = Read(ManifestFormat.ImportMap, Map, out var problems)!;

        Assert.Equal(("FED330", "scopes[\"/\"]"), (Assert.Single(problems).Code, problems[0].Subject));
        Assert.Equal(["deep", "lit", "lit/"], manifest.Internal.Keys);
        Assert.Equal(("./Card", "card.js"), (Assert.Single(manifest.Exposes).Key, manifest.Exposes[0].Module));
        var map = Negotiator.Negotiate(new Portfolio { Services = [new PortfolioService("header", manifest, "/x/")] }).Map;
        Assert.Equal(["header/Card"], map.Imports.Keys);
        Assert.Equal(["/x/"], map.Scopes.Keys);
        Assert.Equal(Hash, map.Integrity["/x/card.js"]);
    }

    [Theory]
    [InlineData(ManifestFormat.Podium, """{ "version": "1" }""", "FED335", "content")]
    [InlineData(ManifestFormat.Podium, """{ "content": "https://evil.example/" }""", "FED330", "content")]
    [InlineData(ManifestFormat.Podium, """{ "content": "/", "css": [ { "value": "http://evil.example/a.css" } ] }""", "FED330", "css[0].value")]
    [InlineData(ManifestFormat.Podium, """{ "content": "/", "js": [ { "value": "/elsewhere/a.js", "type": "module" } ] }""", "FED330", "js[0].value")]
    [InlineData(ManifestFormat.ImportMap, """{ "imports": { "/app.js": "./evil.js" } }""", "FED331", "imports[\"/app.js\"]")]
    [InlineData(ManifestFormat.ImportMap, """{ "imports": { "a": "https://evil.example/a.js" } }""", "FED330", "imports[\"a\"]")]
    [InlineData(ManifestFormat.ImportMap, """{ "imports": { "a/": "./a.js" } }""", "FED332", "imports[\"a/\"]")]
    [InlineData(ManifestFormat.ImportMap, """{ "imports": { "a": null } }""", "FED335", "imports[\"a\"]")]
    [InlineData(ManifestFormat.ImportMap, """{ "imports": { "__proto__": "./a.js" } }""", "FED331", "imports[\"__proto__\"]")]
    [InlineData(ManifestFormat.ModuleFederation, """{ "exposes": [ { "path": "../x" } ] }""", "FED331", "exposes[0].path")]
    [InlineData(ManifestFormat.ModuleFederation, """{ "exposes": [ { "path": "./x", "assets": { "css": { "sync": ["//evil.example/a.css"] } } } ] }""", "FED330", "exposes[0].assets.css.sync[0]")]
    [InlineData(ManifestFormat.ModuleFederation, """{ "shared": [ { "name": "javascript:1" } ] }""", "FED331", "shared[0].name")]
    public void What_reaches_out_is_told_with_its_code(ManifestFormat format, string json, string code, string subject)
    {
        Read(format, json, out var problems);

        Assert.Contains(problems, problem => problem.Code == code && problem.Subject == subject);
    }

    [Theory]
    [InlineData(ManifestFormat.NativeFederation)]
    [InlineData(ManifestFormat.ModuleFederation)]
    [InlineData(ManifestFormat.Podium)]
    [InlineData(ManifestFormat.ImportMap)]
    public void Ten_megabytes_and_a_hundred_thousand_entries_are_refused_in_every_format(ManifestFormat format)
    {
        Assert.Null(Read(format, $$"""{ "imports": "{{new string('x', 10 * 1024 * 1024)}}" }""", out var large));
        Assert.Equal("FED338", Assert.Single(large).Code);

        Assert.Null(Read(format, $"{{ \"a\": [{string.Join(',', Enumerable.Repeat("0", 100_000))}] }}", out var many));
        Assert.Equal("FED338", Assert.Single(many).Code);

        Assert.Null(Read(format, "[]", out var list));
        Assert.Equal("FED336", Assert.Single(list).Code);
    }

    [Theory]
    [InlineData("""{ "schema": 1 }""", ManifestFormat.Stitcher)]
    [InlineData(Module, ManifestFormat.ModuleFederation)]
    [InlineData(Podium, ManifestFormat.Podium)]
    [InlineData(Map, ManifestFormat.ImportMap)]
    [InlineData("""{ "name": "x", "shared": [], "exposes": [] }""", ManifestFormat.NativeFederation)]
    [InlineData("""{ "hello": 1 }""", null)]
    [InlineData("<html>", null)]
    public void A_format_is_told_by_its_content(string json, ManifestFormat? format) =>
        Assert.Equal(format, ForeignManifest.Recognize(Encoding.UTF8.GetBytes(json)));

    private static ServiceManifest? Read(ManifestFormat format, string json, out IReadOnlyList<ManifestProblem> problems)
    {
        var bytes = Encoding.UTF8.GetBytes(json.Replace("HASH", Hash, StringComparison.Ordinal));
        var manifest = ForeignManifest.Read(format, bytes, new ManifestOrigin("header", "/header/"), out var found);
        problems = found;
        return manifest;
    }
}
