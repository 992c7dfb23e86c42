using System.IO.Compression;
using System.Net;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class RevisionAssetsTests
{
    private const string Card = "export default () => 'a card';\n";

    private const string Exposes = """ "exposes": [ { "key": "./Card", "module": "card.js" } ] """;

    [Fact]
    public async Task A_named_file_of_a_revision_is_there_for_ever_and_nobody_has_to_ask_again()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Exposes, ("card.js", Card));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card", "/_s/products/~r1/card.js");

        using var response = await gateway.Client.GetAsync("/_s/products/~r1/card.js");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Card, await response.Content.ReadAsStringAsync());
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/_s/products/~r1/card.js") { Headers = { { "If-None-Match", response.Headers.ETag!.ToString() } } };
        Assert.Equal(HttpStatusCode.NotModified, (await gateway.Client.SendAsync(again)).StatusCode);
        Assert.Equal(1, products.Count("/assets/card.js"));
    }

    [Fact]
    public async Task A_large_file_is_sent_compressed_to_whoever_takes_that_and_its_service_need_not_know_how()
    {
        var code = "export default 1;\n/* " + new string('x', 4000) + " */\n";
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Exposes, ("card.js", code));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/_s/products/~r1/card.js") { Headers = { { "Accept-Encoding", "gzip, br" } } };
        using var response = await gateway.Client.SendAsync(request);
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], response.Headers.Vary);
        await using var plain = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.Equal(code, await new StreamReader(plain).ReadToEndAsync());
        Assert.Equal(code, await gateway.GetAsync("/_s/products/~r1/card.js"));
    }

    [Fact]
    public async Task The_files_of_a_service_that_is_down_are_there_all_the_same()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Exposes, ("card.js", Card));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");
        await products.HasReceivedAsync("/assets/card.js");
        await gateway.GetAsync("/_s/products/~r1/card.js");
        await products.StopAsync();

        Assert.Equal(Card, await gateway.GetAsync("/_s/products/~r1/card.js"));
        Assert.Contains("products/Card", FederatedServices.ImportsOf(await gateway.GetAsync("/")).Keys);
    }

    [Theory]
    [InlineData("/_s/products/~r1/../../secret.js")]
    [InlineData("/_s/products/~r1/%2e%2e/secret.js")]
    [InlineData("/_s/products/~r1/..%2fsecret.js")]
    [InlineData("/_s/products/~r1/..\\secret.js")]
    [InlineData("/_s/products/~r1")]
    [InlineData("/_s/products/~r1/")]
    [InlineData("/_s/products/~/secret.js")]
    [InlineData("/_s/products/~nobody/../../secret.js")]
    [InlineData("/_s/users/~r1/card.js")]
    public async Task Nothing_leaves_the_base_of_a_revision(string target)
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Exposes, ("card.js", Card));
        products.Answers("/secret.js", Answer.Of("text/javascript", "secret"u8.ToArray()));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        using var page = await RawPage.RequestAsync(gateway.Address, target);
        await page.ReadToEndAsync();

        Assert.InRange(page.Status, 400, 499);
        Assert.DoesNotContain("secret", page.Received, StringComparison.Ordinal);
        Assert.Equal(0, products.Count("/secret.js"));
    }

    [Fact]
    public async Task What_a_manifest_names_outside_of_what_the_operator_shows_stays_hidden()
    {
        await using var products = await ScriptedService.StartAsync();
        products.Answers("/orders.json", Answer.Of("application/json", "secret"u8.ToArray()));
        products.Answers(FederatedServices.ManifestPath, Answer.Of("application/json", """
            { "schema": 1, "name": "products", "revision": "r1", "base": "/", "exposes": [ { "key": "./Card", "module": "orders.json" } ] }
            """u8.ToArray()));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        using var response = await gateway.Client.GetAsync("/_s/products/~r1/orders.json");
        Assert.InRange((int)response.StatusCode, 400, 599);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, products.Count("/orders.json"));
    }

    [Theory]
    [InlineData("other bytes", "text/javascript")]
    [InlineData("other type", "text/html")]
    public async Task A_file_that_is_not_what_its_manifest_says_reaches_nobody(string fault, string type)
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Exposes, ("card.js", Card));
        products.Answers("/assets/card.js", Answer.Of(type, Encoding.UTF8.GetBytes(fault == "other bytes" ? "alert(1)" : Card)));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        using var response = await gateway.Client.GetAsync("/_s/products/~r1/card.js");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Empty(await response.Content.ReadAsStringAsync());
        await Eventually.HoldsAsync(() => gateway.Log.Events("FileNotKept").Any(), "operators are told");
    }

    [Fact]
    public async Task A_file_larger_than_what_is_kept_comes_from_its_service_each_time()
    {
        var code = "/*" + new string('x', 5 * 1024 * 1024) + "*/";
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Exposes, ("card.js", code));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        Assert.Equal(code.Length, (await gateway.GetAsync("/_s/products/~r1/card.js")).Length);
        await products.StopAsync();
        using var response = await gateway.Client.GetAsync("/_s/products/~r1/card.js");
        Assert.InRange((int)response.StatusCode, 500, 599);
    }

    [Fact]
    public async Task Files_without_a_hash_are_the_services_matter_and_kept_for_its_outages()
    {
        await using var products = (await ScriptedService.StartAsync())
            .Answers("/assets/card.js", Answer.Of("text/javascript", Encoding.UTF8.GetBytes(Card)).With("Cache-Control", "max-age=7"));
        products.Answers(FederatedServices.ManifestPath, Answer.Of("application/json", Encoding.UTF8.GetBytes($$"""{ "schema": 1, "name": "products", "revision": "r1", {{Exposes}} }""")));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        // The second look begins when what the first one found is kept.
        await products.HasReceivedAsync("/assets/card.js");
        await products.HasReceivedAsync(FederatedServices.ManifestPath, products.Count(FederatedServices.ManifestPath) + 1);

        using var live = await gateway.Client.GetAsync("/_s/products/~r1/card.js");
        Assert.Equal("max-age=7", live.Headers.CacheControl?.ToString());
        await products.StopAsync();
        using var kept = await gateway.Client.GetAsync("/_s/products/~r1/card.js");
        Assert.Equal((HttpStatusCode.OK, "no-cache", Card), (kept.StatusCode, kept.Headers.CacheControl?.ToString(), await kept.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_revision_that_only_another_gateway_has_seen_is_asked_of_the_service_and_kept_by_nobody()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Exposes, ("card.js", Card));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card");

        using var response = await gateway.Client.GetAsync("/_s/products/~r2/card.js");
        Assert.Equal(Card, await response.Content.ReadAsStringAsync());
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService products) => GatewayUnderTest.StartAsync(setup => setup
        .Federated("products", products)
        .Page("/", "<p>page</p>"));
}
