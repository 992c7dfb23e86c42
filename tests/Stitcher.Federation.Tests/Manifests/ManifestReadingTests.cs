using System.Text;
using Stitcher.Federation.Manifests;
using Xunit;

namespace Stitcher.Federation.Tests.Manifests;

public sealed class ManifestReadingTests
{
    [Fact]
    public void Every_part_of_the_format_is_read()
    {
        var manifest = ManifestJson.Read(ManifestJson.Full, out var problems);

        Assert.Empty(problems);
        Assert.NotNull(manifest);
        Assert.Equal(("products", "2026.11.22-ab12cd", "/assets/"), (manifest.Name, manifest.Revision, manifest.Base));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero), manifest.BuiltAt);

        var card = Assert.Single(manifest.Exposes);
        Assert.Equal(("./ProductCard", "ProductCard", "component"), (card.Key, card.Name, card.Category));
        Assert.Equal(("ProductCard-9f2c.js", "product-card", "visible"), (card.Module, card.Element, card.Hydrate));
        Assert.Equal("/fragments/product-card/{id}", card.Fragment);
        Assert.Equal(["default", "format"], card.Exports);
        Assert.Equal(["card-1a.css", "sub/theme.css"], card.Css);

        var users = Assert.Single(manifest.Consumes);
        Assert.Equal(("users", true), (users.Service, users.Optional));
        Assert.Equal(["./UserProfile"], users.Exposes);

        var svelte = Assert.Single(manifest.Shared);
        Assert.Equal(("svelte", "5.1.3", "^5.0.0"), (svelte.Package, svelte.Version, svelte.RequiredVersion));
        Assert.True(svelte is { Singleton: true, StrictVersion: true, Eager: true, Provide: false, Import: false, Dedupe: false, AnyVersion: false });
        Assert.Equal(("team-a", "svelte"), (svelte.ShareScope, svelte.Family));
        Assert.Equal("internal/", svelte.Entries["svelte/internal/"]);
        Assert.Equal("^1.0.0", svelte.Requires["esm-env"]);

        Assert.Equal("util-3c.js", manifest.Internal["#util"]);
        var module = manifest.Modules["ProductCard-9f2c.js"];
        Assert.Equal(5120, module.Bytes);
        Assert.StartsWith("sha384-oqVu", module.Integrity, StringComparison.Ordinal);
        Assert.Equal(["svelte/internal/client", "./chunk-1.js"], module.Imports);

        Assert.NotNull(manifest.Events);
        Assert.Equal(["user:changed"], manifest.Events.Subscribes.Select(heard => heard.Topic));
        Assert.Equal(new PublishedTopic { Topic = "cart:changed", Retained = true, Schema = "number" }, Assert.Single(manifest.Events.Publishes));
    }

    [Fact]
    public void A_manifest_that_says_only_who_it_is_gets_the_defaults()
    {
        var manifest = ManifestJson.Read("""{ "schema": 1, "name": "users", "revision": "7" }""", out var problems);

        Assert.Empty(problems);
        Assert.NotNull(manifest);
        Assert.Equal("/assets/", manifest.Base);
        Assert.Null(manifest.BuiltAt);
        Assert.Null(manifest.Events);
        Assert.Empty(manifest.Exposes);
    }

    [Fact]
    public void Parts_the_format_does_not_know_are_overlooked()
    {
        var manifest = ManifestJson.Read(
            """{ "schema": 1, "name": "users", "revision": "7", "colour": {"deep": [1]}, "exposes": [{"key": "./A", "mood": 3}] }""",
            out var problems);

        Assert.Empty(problems);
        Assert.Equal("./A", Assert.Single(manifest!.Exposes).Key);
    }

    [Fact]
    public void A_package_may_accept_every_version()
    {
        var manifest = ManifestJson.Read(ManifestJson.With("shared", """[{"package": "lit", "requiredVersion": false}]"""), out var problems);

        Assert.Empty(problems);
        Assert.True(Assert.Single(manifest!.Shared).AnyVersion);
    }

    [Fact]
    public void A_byte_order_mark_does_not_cost_the_manifest() =>
        Assert.NotNull(ManifestJson.Read('\ufeff' + ManifestJson.Full, out _));

    [Fact]
    public void What_was_written_is_read_again_and_written_the_same()
    {
        var manifest = ManifestJson.Read(ManifestJson.Full, out _)!;
        var first = StitcherManifest.ToUtf8Bytes(manifest);
        var again = StitcherManifest.Read(first, out var problems);

        Assert.Empty(problems);
        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(StitcherManifest.ToUtf8Bytes(again!)));
        // Nothing was lost on the way: every leaf of the text it began with is there.
        using var left = System.Text.Json.JsonDocument.Parse(ManifestJson.Full);
        using var right = System.Text.Json.JsonDocument.Parse(first);
        foreach (var part in left.RootElement.EnumerateObject().Where(static part => part.Name != "builtAt"))
        {
            Assert.True(System.Text.Json.JsonElement.DeepEquals(part.Value, right.RootElement.GetProperty(part.Name)), part.Name);
        }
    }
}
