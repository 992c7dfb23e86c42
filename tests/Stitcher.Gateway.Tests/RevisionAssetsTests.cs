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

    private static Task<GatewayUnderTest> StartAsync(ScriptedService products) => GatewayUnderTest.StartAsync(setup => setup
        .Federated("products", products)
        .Page("/", "<p>page</p>"));
}
