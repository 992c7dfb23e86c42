using System.Net;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class RollingDeployTests
{
    private const string First = "export default 'first';\n";
    private const string Second = "export default 'second';\n";

    [Fact]
    public async Task Pages_made_before_a_deployment_find_their_modules_behind_it()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Parts("card-1.js", 1), ("card-1.js", First));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card", "/_s/products/~r1/card-1.js");
        await KeptAsync(products, "/assets/card-1.js");

        products.Answers("/assets/card-1.js", Answer.Status(404));
        products.Publishes("products", "r2", Parts("card-2.js", 2), ("card-2.js", Second));
        await gateway.PageWithAsync("products/Card", "/_s/products/~r2/card-2.js");

        using var old = await gateway.Client.GetAsync("/_s/products/~r1/card-1.js");
        Assert.Equal((HttpStatusCode.OK, First), (old.StatusCode, await old.Content.ReadAsStringAsync()));
        Assert.Equal(Second, await gateway.GetAsync("/_s/products/~r2/card-2.js"));
    }

    [Fact]
    public async Task One_name_with_other_bytes_in_each_revision_is_two_files()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Parts("card.js", 1), ("card.js", First));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card", "/_s/products/~r1/card.js");
        await KeptAsync(products, "/assets/card.js");
        products.Publishes("products", "r2", Parts("card.js", 2), ("card.js", Second));
        await gateway.PageWithAsync("products/Card", "/_s/products/~r2/card.js");

        Assert.Equal(First, await gateway.GetAsync("/_s/products/~r1/card.js"));
        Assert.Equal(Second, await gateway.GetAsync("/_s/products/~r2/card.js"));
    }

    [Fact]
    public async Task While_old_and_new_copies_answer_in_turn_the_map_stays_on_the_new_one()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Parts("card.js", 1), ("card.js", First));
        var older = Json("r1", 1);
        var newer = Json("r2", 2);
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card", "/_s/products/~r1/card.js");
        var look = 0;
        products.Answers(FederatedServices.ManifestPath, _ => Interlocked.Increment(ref look) % 3 == 1 ? newer : older);
        await gateway.PageWithAsync("products/Card", "/_s/products/~r2/card.js");
        var generations = gateway.Log.Events("MapPublished").Count();

        await products.HasReceivedAsync(FederatedServices.ManifestPath, products.Count(FederatedServices.ManifestPath) + 9);
        Assert.Equal("/_s/products/~r2/card.js", FederatedServices.ImportsOf(await gateway.GetAsync("/"))["products/Card"]);
        Assert.Equal(generations, gateway.Log.Events("MapPublished").Count());
    }

    [Fact]
    public async Task A_deployment_that_is_taken_back_is_followed_when_nothing_else_is_seen_any_more()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r2", Parts("card.js", 2), ("card.js", Second));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card", "/_s/products/~r2/card.js");

        var looks = products.Count(FederatedServices.ManifestPath);
        products.Publishes("products", "r1", Parts("card.js", 1), ("card.js", First));
        await gateway.PageWithAsync("products/Card", "/_s/products/~r1/card.js");
        Assert.True(products.Count(FederatedServices.ManifestPath) >= looks + 3, "it took three looks at least");
        Assert.Equal(First, await gateway.GetAsync("/_s/products/~r1/card.js"));
    }

    [Fact]
    public async Task A_file_that_only_the_new_copies_have_is_found_among_all()
    {
        await using var old = await ScriptedService.StartAsync();
        await using var renewed = (await ScriptedService.StartAsync()).Publishes("products", "r2", Parts("card.js", 2), ("card.js", Second));
        old.Answers(FederatedServices.ManifestPath, Json("r2", 2)).Answers("/assets/card.js", Answer.Of("text/javascript", Encoding.UTF8.GetBytes(First)));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Federated("products", renewed)
            .Set("ReverseProxy:Clusters:products:Destinations:two:Address", old.Address)
            .Set("Stitcher:Federation:KeptAssetBytes", 0)
            .Page("/", "<p>page</p>"));
        await gateway.PageWithAsync("products/Card");

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(Second, await gateway.GetAsync("/_s/products/~r2/card.js"));
        }
    }

    [Fact]
    public async Task Other_bytes_under_the_same_revision_are_not_taken()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Parts("card.js", 1), ("card.js", First));
        await using var gateway = await StartAsync(products);
        var before = FederatedServices.MapTextOf(await gateway.PageWithAsync("products/Card"));
        products.Publishes("products", "r1", Parts("card.js", 1), ("card.js", Second));

        await Eventually.HoldsAsync(() => gateway.Log.Events("ManifestProblem").Any(r => r.Text.Contains("FED343", StringComparison.Ordinal)), "it is told");
        Assert.Equal(before, FederatedServices.MapTextOf(await gateway.GetAsync("/")));
    }

    private static string Parts(string file, int hour) => $$""" "builtAt": "2026-01-01T0{{hour}}:00:00Z", "exposes": [ { "key": "./Card", "module": "{{file}}" } ] """;

    private static Answer Json(string revision, int hour) => Answer.Of(
        "application/json", Encoding.UTF8.GetBytes(FederatedServices.Manifest("products", revision, Parts("card.js", hour), ("card.js", revision == "r1" ? First : Second))));

    // The file is asked for once when it is fetched to be kept; what comes behind that look is later.
    private static async Task KeptAsync(ScriptedService products, string file)
    {
        await products.HasReceivedAsync(file);
        await products.HasReceivedAsync(FederatedServices.ManifestPath, products.Count(FederatedServices.ManifestPath) + 1);
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService products) =>
        GatewayUnderTest.StartAsync(setup => setup.Federated("products", products).Page("/", "<p>page</p>"));
}
