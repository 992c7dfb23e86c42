using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

public sealed class FederationTests(RealBrowser browser)
{
    private const string ManifestPath = "/.well-known/stitcher.json";

    private const string Layout =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Federation</title><link rel="icon" href="data:,"></head><body>
        <main><fragment src="one/Card" timeout="60s">away</fragment><fragment src="two/Card" timeout="60s">away</fragment></main>
        </body></html>
        """;

    // Each card writes down which copy of the package it runs on; equal objects are one instance.
    private static readonly (string File, string Code) Card = ("card.js",
        """
        import { version } from "ui";
        import * as ui from "ui";
        (globalThis.copies ??= []).push(ui);
        (globalThis.versions ??= []).push(version);
        """);

    [Fact]
    public async Task A_package_that_two_services_share_runs_once()
    {
        await using var one = await StartAsync("one", "1.4.0", "^1.0.0");
        await using var two = await StartAsync("two", "1.5.0", "^1.2.0");
        await using var gateway = await StartAsync(one, two);
        await using var window = await browser.OpenAsync();

        await OpenAsync(window, gateway);
        Assert.True(await window.EvaluateAsync<bool>("copies[0] === copies[1]"));
        Assert.Equal(["1.5.0", "1.5.0"], await window.EvaluateAsync<string[]>("versions"));
        Assert.Single(window.Requests, address => address.EndsWith("/ui.js", StringComparison.Ordinal));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Two_major_versions_run_side_by_side_each_for_its_own_service()
    {
        await using var one = await StartAsync("one", "1.4.0", "^1.0.0", isStrict: true);
        await using var two = await StartAsync("two", "2.0.0", "^2.0.0", isStrict: true);
        await using var gateway = await StartAsync(one, two);
        await using var window = await browser.OpenAsync();

        await OpenAsync(window, gateway);
        Assert.Equal(["1.4.0", "2.0.0"], (await window.EvaluateAsync<string[]>("versions")).Order(StringComparer.Ordinal));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_module_whose_bytes_were_changed_on_the_way_does_not_run()
    {
        await using var one = await StartAsync("one", "1.4.0", "^1.0.0");
        await using var two = await StartAsync("two", "1.4.0", "^1.0.0");
        await using var gateway = await StartAsync(one, two);
        await using var window = await browser.OpenAsync();
        await window.Page.RouteAsync("**/~r1/ui.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "globalThis.tampered = true; export const version = 'evil';" }));

        await window.GoAsync(gateway.Address);
        Assert.True(await window.EvaluateAsync<bool>("import('ui').then(() => false, () => true)"));
        Assert.Equal("undefined", await window.EvaluateAsync<string>("typeof globalThis.tampered"));
        await Eventually.HoldsAsync(
            () => window.Complaints.Any(complaint => complaint.Contains("integrity", StringComparison.OrdinalIgnoreCase)), "the browser says what was wrong with it");
    }

    [Fact]
    public async Task When_the_service_that_provides_a_shared_package_is_killed_every_pages_modules_load_as_before()
    {
        await using var one = await StartAsync("one", "1.4.0", "^1.0.0");
        await using var two = await StartAsync("two", "1.5.0", "^1.2.0");
        await using var gateway = await StartAsync(one, two);
        await using (var first = await browser.OpenAsync())
        {
            await OpenAsync(first, gateway);
        }

        await two.StopAsync();
        await using var window = await browser.OpenAsync();
        await window.GoAsync(gateway.Address);
        await Eventually.HoldsAsync(() => window.EvaluateAsync<bool>("globalThis.versions?.length > 0"), "the living service's module runs");
        Assert.Contains("1.5.0", await window.EvaluateAsync<string[]>("versions"));
        Assert.Equal("object", await window.EvaluateAsync<string>("import('two/Card').then(module => typeof module)"));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_fragments_module_starts_before_the_end_of_a_page_that_is_still_on_its_way()
    {
        var gate = new Gate();
        await using var one = await StartAsync("one", "1.4.0", "^1.0.0");
        await using var two = await StartAsync("two", "1.4.0", "^1.0.0");
        await using var gateway = await StartAsync(one, two);
        two.Answers("/card", Answer.Html("<p id=\"late\">two</p>").After(gate));
        await using var window = await browser.OpenAsync();

        await window.GoUntilAsync(gateway.Address, "#one");
        await Eventually.HoldsAsync(() => window.EvaluateAsync<bool>("globalThis.versions?.length === 1"), "the first fragment's module runs");
        Assert.Equal("loading", await window.EvaluateAsync<string>("document.readyState"));
        gate.Open();
        await window.LoadedAsync();
        Assert.Equal(0, await window.Page.Locator("main script").CountAsync());
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task With_the_integrity_policy_on_all_that_services_published_runs()
    {
        await using var one = await StartAsync("one", "1.4.0", "^1.0.0");
        await using var two = await StartAsync("two", "1.5.0", "^1.2.0");
        await using var gateway = await StartAsync(one, two, integrityPolicy: true);
        await using var window = await browser.OpenAsync();

        await OpenAsync(window, gateway);
        Assert.Equal(["1.5.0", "1.5.0"], await window.EvaluateAsync<string[]>("versions"));
        Assert.Empty(window.Complaints);
    }

    // Until both services are known, a page is not the one meant.
    private static async Task OpenAsync(Window window, GatewayUnderTest gateway)
    {
        await window.GoAsync(gateway.Address);
        await Eventually.HoldsAsync(() => window.EvaluateAsync<bool>("globalThis.versions?.length === 2"), "both fragments' modules run");
    }

    private static async Task<ScriptedService> StartAsync(string name, string version, string range, bool isStrict = false)
    {
        (string File, string Code)[] files = [(Card.File, Card.Code + $"// {name}\n"), ("ui.js", $"export const version = '{version}'; // {name}\n")];
        var modules = new JsonObject();
        foreach (var (file, code) in files)
        {
            modules[file] = new JsonObject { ["integrity"] = "sha384-" + Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(code))), ["imports"] = file == "card.js" ? new JsonArray("ui") : [] };
        }

        var manifest = new JsonObject
        {
            ["schema"] = 1,
            ["name"] = name,
            ["revision"] = "r1",
            ["exposes"] = new JsonArray(new JsonObject { ["key"] = "./Card", ["module"] = "card.js", ["fragment"] = "/card", ["hydrate"] = "load" }),
            ["shared"] = new JsonArray(new JsonObject
            {
                ["package"] = "ui",
                ["version"] = version,
                ["requiredVersion"] = range,
                ["singleton"] = true,
                ["strictVersion"] = isStrict,
                ["entries"] = new JsonObject { ["ui"] = "ui.js" },
            }),
            ["modules"] = modules,
        };
        var service = (await ScriptedService.StartAsync())
            .Answers("/card", $"<p id=\"{name}\">{name}</p>")
            .Answers(ManifestPath, Answer.Of("application/json", Encoding.UTF8.GetBytes(manifest.ToJsonString())));
        foreach (var (file, code) in files)
        {
            service.Answers("/assets/" + file, Answer.Of("text/javascript", Encoding.UTF8.GetBytes(code)));
        }

        return service;
    }

    // Ready is a gateway that knows both services and has their files.
    private static async Task<GatewayUnderTest> StartAsync(ScriptedService one, ScriptedService two, bool integrityPolicy = false)
    {
        var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", one.Address).With("Manifest", ManifestPath).With("Trust", "App")
            .Service("two", two.Address).With("Manifest", ManifestPath).With("Trust", "App")
            .Set("Stitcher:Federation:PollInterval", "100ms")
            .Set("Stitcher:Federation:IntegrityPolicy", integrityPolicy)
            .Page("/", Layout, ("Deadline", "1m")));
        await Eventually.HoldsAsync(
            async () => await gateway.GetAsync("/") is var page && page.Contains("one/Card", StringComparison.Ordinal) && page.Contains("two/Card", StringComparison.Ordinal),
            "the map has both services");
        foreach (var service in (ScriptedService[])[one, two])
        {
            await service.HasReceivedAsync("/assets/ui.js");
            await service.HasReceivedAsync(ManifestPath, service.Count(ManifestPath) + 1);
        }

        return gateway;
    }
}
