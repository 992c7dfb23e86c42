using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class RememberedFederationTests : IDisposable
{
    private const string Card = "export default 'card';\n";

    private readonly TemporaryFolder _state = new();

    [Fact]
    public async Task A_gateway_that_starts_during_an_outage_knows_the_last_good_manifest_and_has_its_files()
    {
        await using var products = await LearnAsync();

        await using var gateway = await StartAsync(products);
        var page = await gateway.GetAsync("/");
        Assert.Equal("/_s/products/~r1/card.js", FederatedServices.ImportsOf(page)["products/Card"]);
        Assert.Equal(Card, await gateway.GetAsync("/_s/products/~r1/card.js"));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed")]
    [InlineData("foreign")]
    [InlineData("empty")]
    [InlineData("hostile")]
    public async Task What_is_damaged_in_the_folder_is_told_and_not_believed(string damage)
    {
        await using var products = await LearnAsync();
        var file = Assert.Single(Directory.GetFiles(_state.Path, "*.state"));
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, damage switch
        {
            "cut" => bytes[..^10],
            "changed" => [.. bytes[..^20], (byte)(bytes[^20] ^ 1), .. bytes[^19..]],
            "foreign" => "{}"u8.ToArray(),
            "empty" => [],
            _ => Hostile(),
        });

        await using var gateway = await StartAsync(products);
        var page = await gateway.GetAsync("/");
        Assert.Equal("{\"imports\":{}}", FederatedServices.MapTextOf(page));
        if (damage != "hostile")
        {
            Assert.Single(gateway.Log.Events("StateUnusable"));
        }
    }

    [Fact]
    public async Task A_file_that_was_changed_in_the_folder_is_not_sent()
    {
        await using var products = await LearnAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(_state.Path, "files")))
        {
            await File.WriteAllTextAsync(file, "alert(1)");
        }

        await using var gateway = await StartAsync(products);
        using var response = await gateway.Client.GetAsync("/_s/products/~r1/card.js");
        Assert.InRange((int)response.StatusCode, 500, 599);
        Assert.DoesNotContain("alert", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_back_is_believed_before_the_folder()
    {
        await using var products = await LearnAsync();
        await products.StartAgainAsync();
        products.Publishes("products", "r2", """ "exposes": [ { "key": "./Card", "module": "card.js" } ] """, ("card.js", Card));

        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card", "/_s/products/~r2/card.js");
        Assert.Equal(Card, await gateway.GetAsync("/_s/products/~r1/card.js"));
    }

    [Fact]
    public async Task A_gateway_that_ends_leaves_no_fetch_of_a_file_behind()
    {
        var (gate, cut) = (new Gate(), new TaskCompletionSource());
        await using var products = (await ScriptedService.StartAsync())
            .Publishes("products", "r1", """ "exposes": [ { "key": "./Card", "module": "card.js" } ] """, ("card.js", Card))
            .Answers("/assets/card.js", Answer.Of("text/javascript", Encoding.UTF8.GetBytes(Card)).After(gate).WhenCutOff(cut.SetResult));

        // No time passes, so that nothing but the end can end it.
        await using (await StartAsync(products, setup => setup.Time = new FakeTimeProvider(DateTimeOffset.UtcNow)))
        {
            await gate.Reached.WaitAsync(Eventually.Deadline);
        }

        await cut.Task.WaitAsync(Eventually.Deadline);
        gate.Open();
        Assert.False(Directory.Exists(Path.Combine(_state.Path, "files")));
    }

    [Fact]
    public async Task A_gateway_is_not_ready_before_it_has_looked_at_every_manifest_and_is_then_whatever_the_look_brought()
    {
        var gate = new Gate();
        await using var products = (await ScriptedService.StartAsync()).Answers(FederatedServices.ManifestPath, Answer.Status(500).After(gate));
        await using var gateway = await StartAsync(products, setup => setup.Set("Stitcher:Federation:PollTimeout", "30s"));
        await gate.Reached.WaitAsync(Eventually.Deadline);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync());
        gate.Open();
        await Eventually.HoldsAsync(async () => await ReadinessAsync() == HttpStatusCode.OK, "the gateway is ready without the manifest");

        // One that comes later, and does not answer, takes nothing away.
        await using var late = (await ScriptedService.StartAsync()).Answers(FederatedServices.ManifestPath, Answer.Hangs);
        await gateway.EditSettingsAsync(setup => Write(setup, products, setup => setup.Federated("late", late).Set("Stitcher:Federation:PollTimeout", "30s")));
        await late.HasReceivedAsync(FederatedServices.ManifestPath);
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync());

        async Task<HttpStatusCode> ReadinessAsync()
        {
            using var answer = await gateway.ManagementClient.GetAsync("/health/ready");
            return answer.StatusCode;
        }
    }

    public void Dispose() => _state.Dispose();

    // With a checksum that is right, but a manifest that no service could have had admitted.
    private static byte[] Hostile()
    {
        var manifest = Convert.ToBase64String("""{ "schema": 1, "name": "products", "revision": "r1", "base": "/../", "exposes": [ { "key": "./Card", "module": "card.js" } ] }"""u8);
        var json = Encoding.UTF8.GetBytes($$"""{"LastSeen":"2099-01-01T00:00:00+00:00","Revisions":[{"Seen":"2099-01-01T00:00:00+00:00","Replaced":null,"Manifest":"{{manifest}}"}, null]}""");
        return [.. Encoding.ASCII.GetBytes("stitcher-state-1 " + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(json)) + "\n"), .. json];
    }

    private async Task<ScriptedService> LearnAsync()
    {
        var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", """ "exposes": [ { "key": "./Card", "module": "card.js" } ] """, ("card.js", Card));
        await using (var gateway = await StartAsync(products))
        {
            await gateway.PageWithAsync("products/Card");
            await Eventually.HoldsAsync(
                () => Directory.GetFiles(_state.Path, "*.state").Length == 1 && Directory.Exists(Path.Combine(_state.Path, "files")) && Directory.GetFiles(Path.Combine(_state.Path, "files")).Any(f => !f.EndsWith(".draft", StringComparison.Ordinal)),
                "manifest and file are remembered");
        }

        await products.StopAsync();
        return products;
    }

    private Task<GatewayUnderTest> StartAsync(ScriptedService products, Action<GatewaySetup>? write = null) => GatewayUnderTest.StartAsync(setup => Write(setup, products, write));

    private void Write(GatewaySetup setup, ScriptedService products, Action<GatewaySetup>? write)
    {
        setup
            .Federated("products", products)
            .Set("Stitcher:Federation:StateFolder", _state.Path)
            .Page("/", "<p>page</p>");
        write?.Invoke(setup);
    }
}
