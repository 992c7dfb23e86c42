using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class ImportMapTests
{
    private const string Card = "import { h } from \"ui\";\nimport \"./chunk.js\";\nexport default h;\n";
    private const string Chunk = "export default 1;\n";
    private const string Ui = "export const h = 1;\n";

    private const string Products =
        """
        "exposes": [ { "key": "./Card", "module": "card.js", "fragment": "/card", "hydrate": "load" } ],
        "shared": [ { "package": "ui", "version": "1.2.0", "requiredVersion": "^1.0.0", "singleton": true, "eager": true, "entries": { "ui": "ui.js" } } ]
        """;

    private const string Layout = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="stylesheet" href="/a.css"></head><body><main><fragment src="products/Card">away</fragment></main></body></html>""";

    [Fact]
    public async Task The_map_is_the_first_thing_behind_the_charset_and_is_allowed_by_the_hash_of_its_very_bytes()
    {
        await using var products = await StartProductsAsync();
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        using var response = await gateway.Client.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("<meta charset=\"utf-8\"><script type=\"importmap\">", page, StringComparison.Ordinal);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(FederatedServices.MapTextOf(page))));
        Assert.Contains($"'sha256-{hash}'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{64}$", response.Headers.GetValues("Stitcher-Generation").Single());
        Assert.Equal(FederatedServices.Integrity(Card), FederatedServices.MapOf(page).GetProperty("integrity").GetProperty("/_s/products/~r1/card.js").GetString());
    }

    [Fact]
    public async Task Modules_that_the_page_needs_first_are_preloaded_with_all_they_import_and_never_by_a_header()
    {
        await using var products = await StartProductsAsync();
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        using var response = await gateway.Client.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();
        var links = Regex.Matches(page, "<link rel=\"modulepreload\" href=\"(.*?)\" integrity=\"(.*?)\">").Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)));
        Assert.Equal(
            [
                ("/_s/products/~r1/ui.js", FederatedServices.Integrity(Ui)),
                ("/_s/products/~r1/card.js", FederatedServices.Integrity(Card)),
                ("/_s/products/~r1/chunk.js", FederatedServices.Integrity(Chunk)),
            ],
            links);
        Assert.True(page.IndexOf("importmap", StringComparison.Ordinal) < page.IndexOf("modulepreload", StringComparison.Ordinal));
        Assert.False(response.Headers.Contains("Link"));
    }

    [Fact]
    public async Task A_fragment_that_wants_its_module_at_once_is_followed_by_a_script_that_does_not_wait_for_the_end_of_the_page()
    {
        await using var products = await StartProductsAsync();
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        using var response = await gateway.Client.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();
        var script = Regex.Match(page, "<p>card</p><script>(?<code>import\\(\"products/Card\"\\).*?)</script></main>").Groups["code"].Value;
        Assert.NotEmpty(script);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"'sha256-{hash}'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(response.Content.Headers.ContentLength, Encoding.UTF8.GetByteCount(page));

        products.Answers("/card", Answer.Status(500));
        Assert.DoesNotContain("import(", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_services_HTML_and_the_map_lead_to_a_module_by_one_address()
    {
        await using var products = await StartProductsAsync();
        products.Answers("/card", "<img src=\"assets/photo.png\" alt=\"\"><script type=\"module\" src=\"assets/card.js\"></script>");
        await using var gateway = await StartAsync(products);
        var page = await gateway.PageWithAsync("products/Card");

        Assert.Contains("src=\"/_s/products/~r1/card.js\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"/_s/products/assets/photo.png\"", page, StringComparison.Ordinal);
        Assert.Equal("/_s/products/~r1/card.js", FederatedServices.ImportsOf(page)["products/Card"]);
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("a\\u2028b")]
    [InlineData("__proto__/x")]
    [InlineData("https://evil.example/x.js")]
    [InlineData("/app.js")]
    public async Task No_specifier_of_a_service_gets_out_of_the_map_or_at_anything_that_is_not_its_own(string specifier)
    {
        await using var products = (await ScriptedService.StartAsync()).Answers("/card", "<p>card</p>");
        products.Publishes("products", "r1", $$""" "exposes": [ { "key": "./Card", "module": "card.js" } ], "internal": { "{{specifier}}": "card.js" } """, ("card.js", Chunk));
        await using var gateway = await StartAsync(products);
        var page = await gateway.PageWithAsync("products/Card");

        Assert.Equal(1, Regex.Count(page, "<script"));
        Assert.DoesNotContain("alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2028", page, StringComparison.Ordinal);
        Assert.Single(FederatedServices.ImportsOf(page));
        await gateway.Log.FirstAsync("ManifestProblem", record => record.Text.Contains("FED331", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_manifest_that_is_too_large_or_has_too_many_entries_leaves_the_last_good_map()
    {
        await using var products = await StartProductsAsync();
        await using var gateway = await StartAsync(products);
        var before = FederatedServices.MapTextOf(await gateway.PageWithAsync("products/Card"));
        var entries = string.Join(", ", Enumerable.Range(0, 100_000).Select(i => $"\"#{i}\": \"a.js\""));
        foreach (var body in new[] { new string(' ', 10 * 1024 * 1024), $$"""{ "schema": 1, "name": "products", "revision": "r2", "internal": { {{entries}} } }""" })
        {
            var seen = gateway.Log.Events("ManifestUnreadable").Count();
            products.Answers(FederatedServices.ManifestPath, Answer.Of("application/json", Encoding.UTF8.GetBytes(body)));
            await Eventually.HoldsAsync(() => gateway.Log.Events("ManifestUnreadable").Count() > seen, "the manifest is refused");
            Assert.Equal(before, FederatedServices.MapTextOf(await gateway.GetAsync("/")));
            products.Publishes("products", "r1", Products, ("card.js", Card), ("chunk.js", Chunk), ("ui.js", Ui));
            await products.HasReceivedAsync(FederatedServices.ManifestPath, products.Count(FederatedServices.ManifestPath) + 2);
        }
    }

    [Fact]
    public async Task A_page_gets_what_its_services_can_reach_of_a_large_map_and_no_more()
    {
        await using var products = await StartProductsAsync();
        await using var users = (await ScriptedService.StartAsync()).Answers("/profile", "<p>profile</p>");
        users.Publishes("users", "r1",
            """
            "exposes": [ { "key": "./Profile", "module": "profile.js", "fragment": "/profile" } ],
            "shared": [ { "package": "ui", "requiredVersion": "^1.0.0", "singleton": true, "import": false, "entries": { "ui": "ui.js" } },
                        { "package": "dates", "version": "3.0.0", "requiredVersion": "^3.0.0", "entries": { "dates": "dates.js" } } ]
            """, ("profile.js", Chunk), ("dates.js", Chunk));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Federated("products", products).Federated("users", users)
            .Set("Stitcher:Federation:WholeMapEntries", 0)
            .Page("/", Layout)
            .Page("/me", "<fragment src=\"users/Profile\"></fragment>")
            .Page("/both", "<fragment src=\"products/Card\"></fragment>", ("Imports", new System.Text.Json.Nodes.JsonArray("users"))));
        await gateway.PageWithAsync("products/Card");
        await gateway.PageWithAsync("users/Profile", path: "/me");

        Assert.Equal(["products/Card", "ui"], FederatedServices.ImportsOf(await gateway.GetAsync("/")).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["dates", "ui", "users/Profile"], FederatedServices.ImportsOf(await gateway.GetAsync("/me")).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["dates", "products/Card", "ui", "users/Profile"], FederatedServices.ImportsOf(await gateway.GetAsync("/both")).Keys.Order(StringComparer.Ordinal));
        using var one = await gateway.Client.GetAsync("/");
        using var other = await gateway.Client.GetAsync("/me");
        Assert.Equal(one.Headers.GetValues("Stitcher-Generation"), other.Headers.GetValues("Stitcher-Generation"));
    }

    [Fact]
    public async Task A_module_that_is_gone_and_still_imported_is_stood_in_for()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", """ "consumes": [ { "service": "users", "exposes": [ "./Profile" ] } ] """);
        await using var users = (await ScriptedService.StartAsync()).Publishes("users", "r1", """ "exposes": [ { "key": "./Profile", "module": "profile.js", "exports": [ "default", "greet" ] } ] """, ("profile.js", Chunk));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Federated("products", products).Federated("users", users).Page("/", "<p></p>"));
        await gateway.PageWithAsync("users/Profile", "/_s/users/~r1/profile.js");
        users.Publishes("users", "r2", "");
        await gateway.PageWithAsync("users/Profile", "/_s/~stub/users/Profile");

        using var stub = await gateway.Client.GetAsync("/_s/~stub/users/Profile");
        Assert.Equal("text/javascript", stub.Content.Headers.ContentType?.MediaType);
        var code = await stub.Content.ReadAsStringAsync();
        Assert.Contains("\"greet\"", code, StringComparison.Ordinal);
        Assert.Contains("\"default\"", code, StringComparison.Ordinal);
        Assert.Contains("FED341", code, StringComparison.Ordinal);
        await gateway.Log.FirstAsync("FederationSaid", record => record.Text.Contains("FED340", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Client.GetAsync("/_s/~stub/users/Other")).StatusCode);
    }

    [Fact]
    public async Task The_operators_pin_decides_and_each_thing_the_negotiation_says_is_logged_once()
    {
        await using var products = await StartProductsAsync();
        await using var users = (await ScriptedService.StartAsync()).Publishes("users", "r1",
            """ "shared": [ { "package": "ui", "version": "1.9.0", "requiredVersion": "^1.9.0", "singleton": true, "entries": { "ui": "ui.js" } } ] """, ("ui.js", Ui));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Federated("products", products).Federated("users", users)
            .Set("Stitcher:Federation:Packages:0:Name", "ui").Set("Stitcher:Federation:Packages:0:Pin", "1.2.0")
            .Page("/", Layout));
        await Eventually.HoldsAsync(() => gateway.Log.Events("FederationSaid").Any(r => r.Text.Contains("FED201", StringComparison.Ordinal)), "the loser is told");
        await gateway.PageWithAsync("ui", "/_s/products/~r1/ui.js");

        await products.HasReceivedAsync(FederatedServices.ManifestPath, products.Count(FederatedServices.ManifestPath) + 3);
        Assert.Single(gateway.Log.Events("FederationSaid"), record => record.Text.Contains("FED201", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Browsers_are_told_to_refuse_unknown_scripts_where_the_operator_wants_it()
    {
        await using var products = await StartProductsAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Federated("products", products).Set("Stitcher:Federation:IntegrityPolicy", true).Page("/", Layout));
        var page = await gateway.PageWithAsync("products/Card");

        using var response = await gateway.Client.GetAsync("/");
        Assert.Equal("blocked-destinations=(script)", response.Headers.GetValues("Integrity-Policy").Single());

        // Nothing maps the chunk, and it would be refused all the same.
        Assert.Equal(FederatedServices.Integrity(Chunk), FederatedServices.MapOf(page).GetProperty("integrity").GetProperty("/_s/products/~r1/chunk.js").GetString());
    }

    [Fact]
    public async Task A_service_that_may_bring_no_script_brings_none_by_its_manifest()
    {
        await using var products = await StartProductsAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Federated("products", products).With("Trust", "Markup").Page("/", Layout));
        var page = await gateway.PageWithAsync("products/Card");

        Assert.DoesNotContain("import(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("card.js\" integrity", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_provider_down_whose_files_nobody_kept_another_one_takes_its_place()
    {
        await using var products = await StartProductsAsync();
        await using var users = (await ScriptedService.StartAsync()).Publishes("users", "r1",
            """ "shared": [ { "package": "ui", "version": "1.9.0", "requiredVersion": "^1.0.0", "singleton": true, "entries": { "ui": "ui.js" } } ] """, ("ui.js", Ui + "// newer\n"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Federated("products", products).Federated("users", users).Set("Stitcher:Federation:KeptAssetBytes", 0).Page("/", Layout));
        await gateway.PageWithAsync("ui", "/_s/users/~r1/ui.js");

        await users.StopAsync();
        await gateway.PageWithAsync("ui", "/_s/products/~r1/ui.js");
        await users.StartAgainAsync();
        await gateway.PageWithAsync("ui", "/_s/users/~r1/ui.js");
    }

    private static async Task<ScriptedService> StartProductsAsync() => (await ScriptedService.StartAsync())
        .Answers("/card", "<p>card</p>")
        .Publishes("products", "r1", Products, ("card.js", Card), ("chunk.js", Chunk), ("ui.js", Ui));

    private static Task<GatewayUnderTest> StartAsync(ScriptedService products) =>
        GatewayUnderTest.StartAsync(setup => setup.Federated("products", products).Page("/", Layout));
}
