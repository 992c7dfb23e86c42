using System.Text.Json;
using Microsoft.Playwright;
using Stitcher.Federation.Manifests;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>A service that knows nothing of Stitcher, beside four that do.</summary>
public sealed class NativeFederationTests(RealBrowser browser)
{
    [Fact]
    public async Task An_unmodified_native_federation_build_is_a_service_like_any_other_and_runs_on_the_shops_lit()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        var files = await NativeFederationBuild.FilesAsync(TestContext.Current.CancellationToken);
        using (var entry = JsonDocument.Parse(files["remoteEntry.json"]))
        {
            Assert.Equal("v4", entry.RootElement.GetProperty("$version").GetString());
        }

        await using var offers = await ServeAsync(files);
        await using var shop = await RunningShop.StartAsync(Settings(offers.Address), isPatient: true);
        await Eventually.HoldsAsync(
            async () => (await shop.Client.GetStringAsync("/orders")).Contains("\"offers/Offer\"", StringComparison.Ordinal), "the map names the remote's module");

        await window.GoAsync(new Uri(shop.Gateway.Address, "/orders"));
        await OpenShop.AwakeAsync(window);
        await window.EvaluateAsync<object?>("import('offers/Offer').then(offer => { offer.default(document.querySelector('main')); document.querySelector('shop-offer').name = 'Tea caddy'; })");
        await Assertions.Expect(window.Page.Locator("shop-offer .offer")).ToHaveTextAsync("Today: Tea caddy");

        Assert.Equal("3.3.3", await window.EvaluateAsync<string>("globalThis.litHtmlVersions.join()"));
        await window.HasAskedForAsync(static address => address.Contains("/_s/offers/~", StringComparison.Ordinal) && address.Contains("/Offer-", StringComparison.Ordinal), "the remote's module");
        await window.HasAskedForAsync(static address => address.Contains("/_s/products/~", StringComparison.Ordinal) && address.Contains("/npm/lit@3.3.3/", StringComparison.Ordinal), "the shop's lit");
        Assert.DoesNotContain(window.Requests, static address => address.Contains("/_s/offers/~", StringComparison.Ordinal) && address.Contains("/lit.", StringComparison.Ordinal));
        Assert.True(window.Complaints.Count == 0, string.Join('\n', window.Complaints));
    }

    [Fact]
    public async Task The_script_in_the_readme_writes_a_manifest_that_gateways_take_whole()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "fragments", "README.md"), TestContext.Current.CancellationToken);
        var start = readme.IndexOf("```js\n// node manifest.mjs", StringComparison.Ordinal) + "```js\n".Length;
        var script = readme[start..readme.IndexOf("\n```", start, StringComparison.Ordinal)];
        await NativeFederationBuild.RunScriptAsync(
            script,
            new Dictionary<string, string>
            {
                ["assets/hello.js"] = "import { clsx } from 'clsx';\nexport default root => { root.className = clsx('hello'); };\n",
                ["assets/hello.css"] = ".hello { color: inherit }\n",
            },
            TestContext.Current.CancellationToken);

        var bytes = await File.ReadAllBytesAsync(NativeFederationBuild.FileOf(".well-known/stitcher.json"), TestContext.Current.CancellationToken);
        var manifest = StitcherManifest.Read(bytes, out var problems);

        Assert.Empty(problems);
        Assert.Equal("hello.js", Assert.Single(manifest!.Exposes).Module);
        var clsx = Assert.Single(manifest.Shared);
        Assert.Equal(("2.1.1", "^2.1.0", "npm/clsx@2.1.1/dist/clsx.mjs"), (clsx.Version, clsx.RequiredVersion, clsx.Entries["clsx"]));
        Assert.Equal(["hello.css", "hello.js", "npm/clsx@2.1.1/dist/clsx.mjs"], manifest.Modules.Keys);
        Assert.Equal(["clsx"], manifest.Modules["hello.js"].Imports);
        Assert.All(manifest.Modules.Values, static module => Assert.StartsWith("sha384-", module.Integrity, StringComparison.Ordinal));
    }

    private static async Task<ScriptedService> ServeAsync(IReadOnlyDictionary<string, byte[]> files)
    {
        var service = await ScriptedService.StartAsync();
        foreach (var (name, bytes) in files)
        {
            service.Answers($"/assets/{name}", Answer.Of(name.EndsWith(".json", StringComparison.Ordinal) ? "application/json" : "text/javascript", bytes));
        }

        return service;
    }

    private static Dictionary<string, string> Settings(string address) => new()
    {
        ["ReverseProxy__Clusters__offers__Destinations__one__Address"] = address,
        ["Stitcher__Services__4__Name"] = "offers",
        ["Stitcher__Services__4__Cluster"] = "offers",
        ["Stitcher__Services__4__Trust"] = "App",
        ["Stitcher__Services__4__Manifest"] = "/assets/remoteEntry.json",
        ["Stitcher__Pages__2__Imports__0"] = "offers",
    };
}
