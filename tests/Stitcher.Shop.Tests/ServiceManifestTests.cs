using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ServiceManifestTests(ShopServices shop)
{
    [Theory]
    [InlineData("products", "./ProductCard ./ProductCatalog")]
    [InlineData("users", "./UserProfile")]
    [InlineData("orders", "./OrderHistory")]
    [InlineData("analytics", "./AnalyticsDashboard")]
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

        foreach (var exposed in Exposed(manifest))
        {
            Assert.True(root.GetProperty("modules").TryGetProperty(exposed.GetProperty("module").GetString()!, out _));
            Assert.All(exposed.GetProperty("css").EnumerateArray(), css => Assert.True(root.GetProperty("modules").TryGetProperty(css.GetString()!, out _)));
            var path = exposed.GetProperty("fragment").GetString()!.Replace("{id}", "1", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await FragmentAnswer.OfAsync(shop[service], path)).Status);
        }
    }

    [Theory]
    [InlineData("products", "1.1.0")]
    [InlineData("orders", "1.0.0")]
    public async Task Two_services_bring_along_different_versions_of_one_package(string service, string version)
    {
        using var manifest = await ManifestAsync(service);

        var package = Assert.Single(manifest.RootElement.GetProperty("shared").EnumerateArray());
        Assert.Equal("@shop/format", package.GetProperty("package").GetString());
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
        Assert.All(Exposed(manifest), exposed =>
            Assert.Contains(exposed.GetProperty("key").GetString()![2..], answer.Page.Body!.TextContent, StringComparison.Ordinal));
    }

    private static JsonElement[] Exposed(JsonDocument manifest) => [.. manifest.RootElement.GetProperty("exposes").EnumerateArray()];

    private async Task<JsonDocument> ManifestAsync(string service) => JsonDocument.Parse(
        await shop[service].Client.GetStringAsync(new Uri("/.well-known/stitcher.json", UriKind.Relative), TestContext.Current.CancellationToken));
}
