using System.Net;
using Microsoft.AspNetCore.Builder;
using Stitcher.Federation.Manifests;
using Xunit;

namespace Stitcher.Fragments.Tests.Packages;

public sealed class NpmPackageTests
{
    private const string Lock =
        """
        {
          "lockfileVersion": 3,
          "packages": {
            "": { "dependencies": { "glow": "^3.0.0", "tiny": "1" } },
            "node_modules/glow": { "version": "3.2.1", "dependencies": { "@glow/core": "^2.1.0", "unused": "^1.0.0" } },
            "node_modules/@glow/core": { "version": "2.1.2" },
            "node_modules/unused": { "version": "1.0.0" },
            "node_modules/tiny": { "version": "1.2.1" }
          }
        }
        """;

    private static readonly (string, string)[] Installed =
    [
        ("../package-lock.json", Lock),
        ("../node_modules/glow/package.json",
            """
            { "version": "3.2.1", "exports": {
              ".": { "types": "./i.d.ts", "node": "./node.js", "browser": { "development": "./dev.js", "default": "./index.js" }, "default": "./no.js" },
              "./parts/*.js": "./lib/*.js" } }
            """),
        ("../node_modules/glow/index.js", "import '@glow/core/css.js'; export * from './lib/own.js';"),
        ("../node_modules/glow/lib/own.js", "export const own = 1;"),
        ("../node_modules/glow/lib/repeat.js", "import { own } from './own.js'; import 'glow';"),
        ("../node_modules/glow/dev.js", "throw 1;"),
        ("../node_modules/@glow/core/package.json", """{ "version": "2.1.2" }"""),
        ("../node_modules/@glow/core/css.js", "import '../../../../outside.js';"),
        ("../node_modules/unused/package.json", """{ "version": "1.0.0", "type": "module" }"""),
        ("../node_modules/tiny/package.json", """{ "version": "1.2.1", "main": "dist/tiny.cjs", "module": "dist/tiny.m.js" }"""),
        ("../node_modules/tiny/dist/tiny.m.js", "export default 1;\n"),
        ("../outside.js", "secret"),
        ("assets/card.js", "import { html } from 'glow'; import './more.js';"),
        ("assets/more.js", "import { repeat } from 'glow/parts/repeat.js'; import 'somebody/else';"),
        ("assets/plain.js", "import './sub/deep.js';"),
        ("assets/sub/deep.js", "export default 1;\n"),
    ];

    [Fact]
    public async Task A_package_is_published_with_its_locked_version_its_range_and_what_the_services_modules_import_of_it()
    {
        await using var service = await StartAsync(Map);
        var manifest = await ManifestReader.ReadAsync(service);

        var glow = manifest.Shared.Single(static package => package.Package == "glow");
        Assert.Equal(("3.2.1", "^3.0.0", true, true, true, "glow"), (glow.Version, glow.RequiredVersion, glow.Singleton, glow.StrictVersion, glow.Eager, glow.Family));
        Assert.Equal(
            [("glow", "npm/glow@3.2.1/index.js"), ("glow/parts/repeat.js", "npm/glow@3.2.1/lib/repeat.js")],
            glow.Entries.Select(static entry => (entry.Key, entry.Value)));
        Assert.Equal([("@glow/core", "^2.1.0")], glow.Requires.Select(static needed => (needed.Key, needed.Value)));
    }

    [Fact]
    public async Task What_a_package_imports_comes_along_with_the_same_flags()
    {
        await using var service = await StartAsync(Map);
        var manifest = await ManifestReader.ReadAsync(service);

        Assert.Equal(["@glow/core", "glow", "tiny"], manifest.Shared.Select(static package => package.Package));
        var core = manifest.Shared[0];
        Assert.Equal(("2.1.2", "^2.1.0", true, true, "glow"), (core.Version, core.RequiredVersion, core.Singleton, core.StrictVersion, core.Family));
        Assert.Equal("npm/@glow/core@2.1.2/css.js", core.Entries["@glow/core/css.js"]);
    }

    [Fact]
    public async Task Every_published_file_has_its_hash_its_length_and_its_static_imports()
    {
        await using var service = await StartAsync(Map);
        var modules = (await ManifestReader.ReadAsync(service)).Modules;

        Assert.Equal(["./more.js", "glow"], modules["card.js"].Imports);
        Assert.Equal(["./lib/own.js", "@glow/core/css.js"], modules["npm/glow@3.2.1/index.js"].Imports);

        // The hash of "export default 1;\n", by another program.
        var tiny = modules["npm/tiny@1.2.1/dist/tiny.m.js"];
        Assert.Equal("sha384-TfNfbmwP7o3QYLOKT2ylblYjdqWkjpHkmoyPgwQk/jxycBM1LOGLUePUz56+OBZF", tiny.Integrity);
        Assert.Equal(18, tiny.Bytes);
        Assert.DoesNotContain(modules.Keys, static file => file.Contains("dev.js", StringComparison.Ordinal) || file.Contains("unused", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/assets/npm/glow@3.2.1/index.js", HttpStatusCode.OK)]
    [InlineData("/assets/npm/@glow/core@2.1.2/css.js", HttpStatusCode.OK)]
    [InlineData("/assets/npm/tiny@1.2.1/dist/tiny.m.js", HttpStatusCode.OK)]
    [InlineData("/assets/npm/glow@3.2.1/dev.js", HttpStatusCode.NotFound)]
    [InlineData("/assets/npm/glow@3.2.1/package.json", HttpStatusCode.NotFound)]
    [InlineData("/assets/npm/../../package-lock.json", HttpStatusCode.NotFound)]
    [InlineData("/assets/npm/@glow/core@2.1.2/../../../../outside.js", HttpStatusCode.NotFound)]
    [InlineData("/node_modules/glow/index.js", HttpStatusCode.NotFound)]
    public async Task Files_of_packages_that_the_manifest_names_are_served_for_good_and_no_others(string path, HttpStatusCode status)
    {
        await using var service = await StartAsync(Map);
        using var answer = await service.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
        {
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Without_installed_packages_the_service_starts_and_its_modules_that_need_them_are_left_out()
    {
        await using var service = await StartAsync(Map, static file => !file.StartsWith("../node_modules", StringComparison.Ordinal));
        var manifest = await ManifestReader.ReadAsync(service);

        Assert.Empty(manifest.Shared);
        Assert.Equal(["plain.js", "sub/deep.js"], manifest.Modules.Keys);
        var card = manifest.Exposes.Single(static exposed => exposed.Key == "./Card");
        Assert.Equal((null, null, "/card"), (card.Module, card.Element, card.Fragment));
        Assert.Equal("plain.js", manifest.Exposes.Single(static exposed => exposed.Key == "./Plain").Module);
        Assert.DoesNotContain(manifest.Exposes, static exposed => exposed.Key == "./Logic");
        Assert.Contains("Warning: Shared package: glow 3.2.1 is not installed; build with Node on the path, or run `npm ci`.", service.Log.Lines);
        Assert.Contains(
            "Warning: Without glow, tiny, these modules cannot run and are left out of the manifest: card.js, more.js. Their fragments are served as HTML.",
            service.Log.Lines);
    }

    [Theory]
    [InlineData("\"node_modules/glow\": { \"version\": \"3.2.1\"", "\"node_modules/glow\": { \"version\": \"3.3.0\"", "glow is installed in version 3.2.1, but locked to 3.3.0; run `npm ci`")]
    [InlineData("\"packages\"", "\"dependencies\"", "has no part 'packages'; write it again with npm 7 or newer")]
    [InlineData("\"lockfileVersion\": 3,", "oops", "cannot be read")]
    [InlineData("node_modules/tiny", "node_modules/large", "tiny is not in package-lock.json; run `npm install tiny`")]
    [InlineData("\"node_modules/unused\"", "\"node_modules/x/node_modules/glow\"", "glow is installed more than once, and browsers only get version 3.2.1; `npm ls glow` says who asks for another")]
    public async Task What_is_wrong_with_installed_packages_is_said_in_a_sentence(string before, string after, string sentence)
    {
        await using var service = await StartAsync(Map, files: [("../package-lock.json", Lock.Replace(before, after, StringComparison.Ordinal))]);

        Assert.Contains(service.Log.Lines, line => line.StartsWith("Warning: Shared package: ", StringComparison.Ordinal) && line.Contains(sentence, StringComparison.Ordinal));
    }

    private static void Map(WebApplication app)
    {
        app.UseFragmentAssets();
        app.MapFragment("Card", "/card", static () => FragmentMarkup.Empty).WithModule("card.js", "default").WithElement("my-card");
        app.MapFragment("Plain", "/plain", static () => FragmentMarkup.Empty).WithModule("plain.js");
        app.MapModule("Logic", "more.js");
        app.MapNpmPackage("glow", singleton: true, strictVersion: true, eager: true, family: "glow");
        app.MapNpmPackage("tiny");
        app.MapManifest();
    }

    private static Task<RunningService> StartAsync(Action<WebApplication> map, Func<string, bool>? choose = null, params (string, string)[] files) =>
        RunningService.StartAsync(map, files: [.. Installed.Where(file => choose?.Invoke(file.Item1) ?? true), .. files]);
}
