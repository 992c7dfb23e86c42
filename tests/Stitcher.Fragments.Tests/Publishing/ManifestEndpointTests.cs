using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Stitcher.Federation.Manifests;
using Xunit;

namespace Stitcher.Fragments.Tests.Publishing;

public sealed class ManifestEndpointTests
{
    // Of the bytes "export default 1;\n", by another program.
    private const string KnownHash = "sha384-TfNfbmwP7o3QYLOKT2ylblYjdqWkjpHkmoyPgwQk/jxycBM1LOGLUePUz56+OBZF";

    [Fact]
    public async Task The_manifest_says_what_was_mapped()
    {
        await using var service = await RunningService.StartAsync(
            static app =>
            {
                app.MapFragment("ProductCard", "/fragments/product-card/{id:int}/{size?}", (int id) => FragmentMarkup.Empty)
                    .WithCategory("feature").WithModule("card.js", "default", "format").WithElement("product-card").WithStyles("card.css").HydrateWhen("visible");
                app.MapFragment("Banner", "/banner", () => FragmentMarkup.Empty);
                app.MapSharedPackage(
                    "@shop/format", version: "1.1.0", requiredVersion: "^1.0.0", singleton: true, entry: "format.js",
                    entries: new Dictionary<string, string> { ["@shop/format/money"] = "money.js" });
                app.MapManifest();
            },
            configure: static options => options.Revision = "r7",
            files: [("assets/card.js", "export default 1;\n"), ("assets/sub/deep.mjs", "1"), ("assets/card.css", "a{}"), ("assets/readme.txt", "no")]);

        var manifest = await ReadAsync(service);

        Assert.Equal(("products", "r7", "/assets/"), (manifest.Name, manifest.Revision, manifest.Base));
        Assert.NotNull(manifest.BuiltAt);
        Assert.Equal(["./Banner", "./ProductCard"], manifest.Exposes.Select(static exposed => exposed.Key));
        var card = manifest.Exposes[1];
        Assert.Equal(("feature", "card.js", "product-card", "visible"), (card.Category, card.Module, card.Element, card.Hydrate));
        Assert.Equal("/fragments/product-card/{id}", card.Fragment);
        Assert.Equal(["default", "format"], card.Exports);
        Assert.Equal(["card.css"], card.Css);
        var shared = Assert.Single(manifest.Shared);
        Assert.Equal(("@shop/format", "1.1.0", "^1.0.0", true), (shared.Package, shared.Version, shared.RequiredVersion, shared.Singleton));
        Assert.Equal(("format.js", "money.js"), (shared.Entries["@shop/format"], shared.Entries["@shop/format/money"]));
        Assert.Equal(["card.css", "card.js", "sub/deep.mjs"], manifest.Modules.Keys);
        Assert.Equal((KnownHash, 18L), (manifest.Modules["card.js"].Integrity, manifest.Modules["card.js"].Bytes));
    }

    [Fact]
    public async Task An_unchanged_manifest_costs_a_gateway_a_header()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapManifest());
        using var first = await service.GetAsync(StitcherManifest.WellKnownPath);
        using var again = await service.GetAsync(StitcherManifest.WellKnownPath, ("If-None-Match", first.Headers.ETag!.ToString()));
        using var head = await service.SendAsync(HttpMethod.Head, StitcherManifest.WellKnownPath);

        Assert.Equal("application/json; charset=utf-8", first.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache", first.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Equal_deployments_have_equal_revisions_and_another_file_makes_another_one()
    {
        var one = await RevisionWithAsync("a");
        var same = await RevisionWithAsync("a");
        var other = await RevisionWithAsync("b");

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task During_development_a_changed_file_changes_the_manifest()
    {
        await using var service = await RunningService.StartAsync(
            static app => app.MapManifest(), "Development", files: ("assets/a.js", "1"));
        var before = await ReadAsync(service);
        service.Write("assets/a.js", "12");
        var after = await ReadAsync(service);

        Assert.Equal(2, after.Modules["a.js"].Bytes);
        Assert.NotEqual(before.Revision, after.Revision);
    }

    [Fact]
    public async Task In_production_the_manifest_stays_what_it_was_at_first()
    {
        await using var service = await RunningService.StartAsync(static app => app.MapManifest(), files: ("assets/a.js", "1"));
        var before = await ReadAsync(service);
        service.Write("assets/a.js", "12");

        Assert.Equal(before.Revision, (await ReadAsync(service)).Revision);
    }

    [Fact]
    public async Task A_file_that_is_named_and_missing_is_told_in_the_log()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment("Card", "/card", () => FragmentMarkup.Empty).WithModule("crad.js");
            app.MapManifest();
        });

        Assert.Contains("Warning: The fragment Card names crad.js, which is not below wwwroot/assets/.", service.Log.Lines);
    }

    [Theory]
    [InlineData("latest", "^1.0.0", "'latest' is no version")]
    [InlineData("1.0.0", "one or more", "'one or more' is no range")]
    public async Task A_package_without_a_real_version_or_range_is_refused_when_it_is_mapped(string version, string range, string message)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunningService.StartAsync(
            app => app.MapSharedPackage("@shop/format", version, "format.js", range)));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Products", "/assets/", "Service is 'Products'")]
    [InlineData("", "/assets/", "Service is ''")]
    [InlineData("products", "assets", "AssetBase is 'assets'")]
    public async Task A_service_that_cannot_be_named_does_not_start(string name, string folder, string message)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningService.StartAsync(
            static app => { }, configure: options => (options.Service, options.AssetBase) = (name, folder)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RevisionWithAsync(string content)
    {
        await using var service = await RunningService.StartAsync(static app => app.MapManifest(), files: ("assets/a.js", content));
        return (await ReadAsync(service)).Revision;
    }

    private static async Task<ServiceManifest> ReadAsync(RunningService service)
    {
        var bytes = await service.Http.GetByteArrayAsync(StitcherManifest.WellKnownPath, TestContext.Current.CancellationToken);
        var manifest = StitcherManifest.Read(bytes, out var problems);
        Assert.Empty(problems);
        Assert.NotNull(manifest);
        return manifest;
    }
}
