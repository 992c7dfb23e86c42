using System.Net;
using System.Text.Json.Nodes;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests.Deployment;

[Collection(DeployedCollection.Name)]
public sealed class DeployedShopTests
{
    private readonly PublishedShop _shop;

    public DeployedShopTests(PublishedShop shop)
    {
        Assert.SkipUnless(PublishedShop.Missing is null, PublishedShop.Missing ?? "");
        _shop = shop;
    }

    public static TheoryData<string> Programs => [.. ShopProgram.All.Select(program => program.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Every_probe_of_every_file_is_answered_by_the_program(string name)
    {
        var program = ShopProgram.Named(name);
        var check = new Uri(Dockerfile.Of(name).HealthCheck[^1]);
        var probes = Cluster.Probes(name).Append((check.PathAndQuery, check.Port)).Distinct();
        foreach (var (path, port) in probes)
        {
            var address = new Uri(Here(program, port), path);
            await IsWellAsync(address);
        }

        Assert.Equal(1, await _shop.ProbeAsync(new Uri(Here(program, program.Ports[^1]), "/not-there").ToString()));
    }

    [Fact]
    public async Task Nginx_is_healthy_where_its_files_say()
    {
        foreach (var (path, _) in Cluster.Probes("nginx"))
        {
            await IsWellAsync(new Uri(_shop.Nginx.Health, path));
        }

        Assert.Contains("/health/live", ComposeFile.Root["services"]!["nginx"]!["healthcheck"]!["test"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nginx_takes_the_files_with_https_among_them()
    {
        var (code, said) = await NginxServer.ReadWithTlsAsync();
        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task A_published_service_brings_its_browser_packages_along()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        var manifest = JsonNode.Parse(await _shop["products"].Client.GetStringAsync("/.well-known/stitcher.json", Token))!;
        Assert.Contains(manifest["shared"]!.AsArray(), shared => shared!["package"]!.GetValue<string>() == "lit");
        Assert.Contains(manifest["modules"].Members(), module => module.Key.StartsWith("npm/lit@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_gateways_share_what_they_remember_over_the_Redis_of_the_deployment()
    {
        var management = _shop.Gateways.Keys.First();
        using var client = new HttpClient();
        await Eventually.HoldsAsync(
            async () => (await client.GetStringAsync($"http://127.0.0.1:{management}/metrics", Token)).Contains("stitcher_redis_circuit_state{", StringComparison.Ordinal),
            "the gateway tells how its Redis is");
    }

    [Fact]
    public async Task What_changes_in_the_products_is_told_to_a_gateway_which_takes_it_from_that_service()
    {
        var gateway = _shop.Gateways.Values.First();
        var attempts = 0;
        try
        {
            // The service waits for a gateway only so long, which a busy machine may use up.
            await Eventually.HoldsAsync(
                async () =>
                {
                    Assert.Equal(HttpStatusCode.OK, (await ProductStockTests.TakeAsync(_shop["products"], $"deployed-{attempts++}", (7, 1))).Status);
                    return gateway.Output.Contains("tag product:7", StringComparison.Ordinal);
                },
                "the gateway tells of the purge");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} The service said:\n{_shop["products"].Output}\nand the gateway:\n{gateway.Output}", e);
        }
    }

    [Fact]
    public async Task What_the_gateways_measure_reaches_the_collector_that_the_environment_names()
    {
        (await _shop.Nginx.Client.GetAsync("/products", Token)).Dispose();
        await Eventually.HoldsAsync(() => _shop.Collected("metrics").Contains("stitcher.", StringComparison.Ordinal), "metrics arrive");
        await Eventually.HoldsAsync(() => _shop.Collected("traces").Contains("Stitcher", StringComparison.Ordinal), "traces arrive");
    }

    [Fact]
    public async Task In_production_a_gateway_without_keys_names_both_and_does_not_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _shop.StartBareGatewayAsync(new Dictionary<string, string>()));

        Assert.Contains("Stitcher:Session:KeyFolder", error.Message, StringComparison.Ordinal);
        Assert.Contains("Stitcher:Identity:Key", error.Message, StringComparison.Ordinal);
    }

    // The probe gives up after two seconds, which a busy machine may use up; whoever starts it tries again, too.
    private Task IsWellAsync(Uri address) =>
        Eventually.HoldsAsync(async () => await _shop.ProbeAsync(address.ToString()) == 0, $"{address} is well", RunningShop.Recovery);

    private Uri Here(ShopProgram program, int port) =>
        !program.IsGateway ? _shop[program.Name].Address
        : port == program.Ports[0] ? _shop.Gateways.Values.First().Address
        : new Uri($"http://127.0.0.1:{_shop.Gateways.Keys.First()}/");
}
