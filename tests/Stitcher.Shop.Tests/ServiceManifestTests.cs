using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ServiceManifestTests(ShopServices shop)
{
    [Theory]
    [InlineData("products", "./CategoryManager ./Kept ./Product ./ProductAPI ./ProductCard ./ProductCatalog ./ProductForm ./ProductSearch ./ProductStore ./ProductsAdmin ./ProductsPage")]
    [InlineData("users", "./LoginForm ./UserPreferences ./UserProfile")]
    [InlineData("orders", "./CartBadge ./OrderHistory ./OrderSummary ./PaymentForm")]
    [InlineData("analytics", "./AnalyticsDashboard ./EventTracker")]
    public async Task A_service_says_which_fragments_it_has(string service, string keys)
    {
        using var manifest = await ManifestAsync(service);

        Assert.Equal(service, manifest.RootElement.GetProperty("name").GetString());
        Assert.Equal(keys.Split(' '), Exposed(manifest).Select(exposed => exposed.GetProperty("key").GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("products")]
    [InlineData("users")]
    [InlineData("orders")]
    [InlineData("analytics")]
    public async Task Every_file_that_a_manifest_names_is_there_unchanged_and_every_fragment_answers(string service)
    {
        using var manifest = await ManifestAsync(service);
        var root = manifest.RootElement;
        var files = root.GetProperty("base").GetString()!;
        foreach (var file in root.GetProperty("modules").EnumerateObject())
        {
            var bytes = await shop[service].Client.GetByteArrayAsync(new Uri(files + file.Name, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(file.Value.GetProperty("integrity").GetString(), "sha384-" + Convert.ToBase64String(SHA384.HashData(bytes)));
        }

        foreach (var exposed in Exposed(manifest).Where(exposed => exposed.TryGetProperty("fragment", out _)))
        {
            Assert.True(root.GetProperty("modules").TryGetProperty(exposed.GetProperty("module").GetString()!, out _));
            Assert.All(exposed.TryGetProperty("css", out var sheets) ? sheets.EnumerateArray() : [], css => Assert.True(root.GetProperty("modules").TryGetProperty(css.GetString()!, out _)));
            var path = exposed.GetProperty("fragment").GetString()!.Replace("{id}", "1", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await FragmentAnswer.OfAsync(shop[service], path, IdentityToken.For(service, "1", "admin"))).Status);
        }
    }

    [Theory]
    [InlineData("products", "1.1.0")]
    [InlineData("orders", "1.0.0")]
    public async Task Two_services_bring_along_different_versions_of_one_package(string service, string version)
    {
        using var manifest = await ManifestAsync(service);

        var package = Shared(manifest, "@shop/format");
        Assert.Equal(version, package.GetProperty("version").GetString());
        Assert.Equal("^1.0.0", package.GetProperty("requiredVersion").GetString());
    }

    [Theory]
    [InlineData("products")]
    [InlineData("users")]
    [InlineData("orders")]
    [InlineData("analytics")]
    public async Task A_service_alone_shows_its_fragments_on_a_page_of_its_own(string service)
    {
        using var manifest = await ManifestAsync(service);
        var answer = await FragmentAnswer.OfAsync(shop[service], "/");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.All(Exposed(manifest).Where(exposed => exposed.TryGetProperty("fragment", out _)), exposed =>
            Assert.Contains(exposed.GetProperty("key").GetString()![2..], answer.Page.Body!.TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("products", "3.3.3", "4.2.2", "2.1.2")]
    [InlineData("analytics", "3.3.2", "4.2.1", "2.1.1")]
    public async Task Two_services_bring_along_lit_as_one_family_that_must_not_meet_another(string service, string lit, string element, string reactive)
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        using var manifest = await ManifestAsync(service);
        foreach (var (name, version) in (ReadOnlySpan<(string, string)>)[("lit", lit), ("lit-html", lit), ("lit-element", element), ("@lit/reactive-element", reactive)])
        {
            var package = Shared(manifest, name);
            Assert.Equal((version, "lit"), (package.GetProperty("version").GetString(), package.GetProperty("family").GetString()));
            Assert.True(package.GetProperty("singleton").GetBoolean());
            Assert.True(package.GetProperty("strictVersion").GetBoolean());
        }

        Assert.Equal("^3.2.0", Shared(manifest, "lit").GetProperty("requiredVersion").GetString());
        Assert.Equal("^4.2.0", Shared(manifest, "lit").GetProperty("requires").GetProperty("lit-element").GetString());
    }

    [Theory]
    [InlineData("users", "1.2.1")]
    [InlineData("orders", "2.1.1")]
    public async Task Two_services_bring_along_different_major_versions_of_clsx(string service, string version)
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        using var manifest = await ManifestAsync(service);

        Assert.Equal(version, Shared(manifest, "clsx").GetProperty("version").GetString());
        Assert.False(Shared(manifest, "clsx").TryGetProperty("singleton", out _));
    }

    [Theory]
    [InlineData("products", "product-keep.js", "./kept.js @shop/tokens lit")]
    [InlineData("analytics", "visit-range.js", "@shop/tokens lit")]
    [InlineData("users", "user-profile.js", "@stitcher/live clsx")]
    [InlineData("orders", "order-history.js", "@shop/format clsx")]
    public async Task A_manifest_says_what_each_file_imports(string service, string file, string imports)
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        using var manifest = await ManifestAsync(service);
        var module = manifest.RootElement.GetProperty("modules").GetProperty(file);

        Assert.Equal(imports.Split(' '), module.GetProperty("imports").EnumerateArray().Select(specifier => specifier.GetString()));
    }

    private static JsonElement Shared(JsonDocument manifest, string package) =>
        manifest.RootElement.GetProperty("shared").EnumerateArray().Single(shared => shared.GetProperty("package").GetString() == package);

    private static JsonElement[] Exposed(JsonDocument manifest) => [.. manifest.RootElement.GetProperty("exposes").EnumerateArray()];

    private async Task<JsonDocument> ManifestAsync(string service) => JsonDocument.Parse(
        await shop[service].Client.GetStringAsync(new Uri("/.well-known/stitcher.json", UriKind.Relative), TestContext.Current.CancellationToken));
}
