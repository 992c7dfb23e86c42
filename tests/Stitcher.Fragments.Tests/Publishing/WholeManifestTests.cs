using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Stitcher.Federation.Manifests;
using Xunit;

namespace Stitcher.Fragments.Tests.Publishing;

public sealed class WholeManifestTests
{
    private static readonly JsonSchema Schema = new(JsonDocument.Parse(File.ReadAllText(SchemaFile())).RootElement);

    [Fact]
    public async Task Everything_that_can_be_mapped_is_in_the_manifest_and_fits_the_schema()
    {
        await using var service = await StartAsync();
        var bytes = await service.Http.GetByteArrayAsync(StitcherManifest.WellKnownPath, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(bytes);
        var manifest = await ManifestReader.ReadAsync(service);

        Assert.Empty(Schema.Faults(json.RootElement));
        Assert.Equal(["./Banner", "./CartStore"], manifest.Exposes.Select(static exposed => exposed.Key));
        Assert.Equal(("logic", "cart.js", null), (manifest.Exposes[1].Category, manifest.Exposes[1].Module, manifest.Exposes[1].Fragment));
        var consumed = Assert.Single(manifest.Consumes);
        Assert.Equal(("users", true), (consumed.Service, consumed.Optional));
        Assert.Equal(["./UserProfile", "./LoginForm"], consumed.Exposes);
        Assert.Equal("util-1a.js", manifest.Internal["#util"]);
        var topic = Assert.Single(manifest.Events!.Publishes);
        Assert.Equal(("cart:changed", true, "the number of things"), (topic.Topic, topic.Retained, topic.Schema));
        Assert.Equal(["theme", "user:changed"], manifest.Events.Subscribes.Select(heard => heard.Topic));
        var format = manifest.Shared[0];
        Assert.Equal(("@shop/format", true, "shop", "^1.0.0"), (format.Package, format.Eager, format.Family, format.Requires["@shop/tokens"]));
        var tokens = manifest.Shared[1];
        Assert.Equal(("@shop/tokens", null, "^1.0.0", false, true), (tokens.Package, tokens.Version, tokens.RequiredVersion, tokens.Import, tokens.Singleton));
    }

    [Theory]
    [InlineData("name", "\"Products\"", "$.name: pattern")]
    [InlineData("exposes", "[{ \"key\": \"Banner\" }]", "$.exposes[0].key: pattern")]
    [InlineData("shared", "[{ \"package\": \"a\", \"singleton\": 1 }]", "$.shared[0].singleton: type")]
    [InlineData("modules", "{ \"../up.js\": {} }", "$.modules.../up.js (name): pattern")]
    public async Task The_schema_finds_what_is_wrong(string part, string value, string fault)
    {
        await using var service = await StartAsync();
        var json = System.Text.Json.Nodes.JsonNode.Parse(await service.BodyAsync(StitcherManifest.WellKnownPath))!;
        json[part] = System.Text.Json.Nodes.JsonNode.Parse(value);

        Assert.StartsWith(fault, Assert.Single(Schema.Faults(JsonSerializer.SerializeToElement(json))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_that_is_none_is_refused_when_it_is_mapped()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunningService.StartAsync(static app => app.MapNpmPackage("lit", "latest and greatest")));

        Assert.StartsWith("'latest and greatest' is no range of versions of lit; expected one such as ^1.0.0.", error.Message, StringComparison.Ordinal);
    }

    private static Task<RunningService> StartAsync() => RunningService.StartAsync(
        static app =>
        {
            app.MapFragment("Banner", "/banner", static () => FragmentMarkup.Empty).WithModule("banner.js", "default").WithElement("shop-banner").HydrateWhen("visible");
            app.MapModule("CartStore", "cart.js", "logic", "cart");
            app.MapConsumedModules("users", ["UserProfile", "LoginForm"], optional: true);
            app.MapInternalModule("#util", "util-1a.js");
            app.MapPublishedTopic("cart:changed", retained: true, schema: "the number of things");
            app.MapSubscribedTopic("user:changed");
            app.MapSubscribedTopic("theme");
            app.MapNeededPackage("@shop/tokens", "^1.0.0", singleton: true);
            app.MapSharedPackage(
                "@shop/format", "1.1.0", "format.js", eager: true, family: "shop", requires: new Dictionary<string, string> { ["@shop/tokens"] = "^1.0.0" });
            app.MapManifest();
        },
        files: [("assets/banner.js", "import '#util';"), ("assets/cart.js", "1"), ("assets/util-1a.js", "1"), ("assets/format.js", "1")]);

    private static string SchemaFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Stitcher.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The solution was not found above the tests.");
        }

        return Path.Combine(folder.FullName, "src/Stitcher.Federation/Manifests/stitcher.schema.json");
    }
}
