using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class ManifestPushTests
{
    private const string Token = "build-of-products-0123456789";
    private const string Card = "export default 'card';\n";
    private const string Exposes = """ "exposes": [ { "key": "./Card", "module": "card.js" } ] """;

    [Fact]
    public async Task A_build_says_what_it_deployed_and_pages_know_it_at_once()
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Exposes, ("card.js", Card));
        await using var gateway = await StartAsync(products);
        await gateway.PageWithAsync("products/Card", "/_s/products/~r1/card.js");

        using var answer = await PushAsync(gateway.ManagementClient, Token, "products", FederatedServices.Manifest("products", "r2", Exposes, ("card.js", Card)));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.OK, "r2"), (answer.StatusCode, json.RootElement.GetProperty("revision").GetString()));
        await gateway.PageWithAsync("products/Card", "/_s/products/~r2/card.js");
        Assert.Contains("build of products", (await gateway.Log.SingleAsync("ManifestPushed")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Log.Records, record => record.Text.Contains(Token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Token, "users", "{}", 403)]
    [InlineData("", "products", "{}", 401)]
    [InlineData("some-other-0123456789", "products", "{}", 401)]
    [InlineData(Token, "products", "{}", 400)]
    [InlineData(Token, "products", "no JSON", 400)]
    [InlineData("anything-0123456789", "nobody", "{}", 404)]
    public async Task A_push_that_may_not_be_or_says_nothing_changes_nothing(string token, string service, string body, int status)
    {
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Exposes, ("card.js", Card));
        await using var gateway = await StartAsync(products);
        var before = FederatedServices.MapTextOf(await gateway.PageWithAsync("products/Card"));

        using var answer = await PushAsync(gateway.ManagementClient, token, service, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(before, FederatedServices.MapTextOf(await gateway.GetAsync("/")));
    }

    [Fact]
    public async Task A_push_of_ten_megabytes_is_refused_before_it_is_read()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(products);
        using var answer = await PushAsync(gateway.ManagementClient, Token, "products", new string(' ', 10 * 1024 * 1024));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_pushes_from_the_public_side()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(products);
        using var answer = await PushAsync(gateway.Client, Token, "products", FederatedServices.Manifest("products", "r2", Exposes, ("card.js", Card)));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_build_whose_deployment_has_to_wait_is_told_so_and_what_for()
    {
        static string Ui(string version) =>
            $$""" "shared": [ { "package": "ui", "version": "{{version}}", "requiredVersion": "^{{version}}", "singleton": true, "strictVersion": true, "entries": { "ui": "ui.js" } } ] """;
        await using var products = (await ScriptedService.StartAsync()).Publishes("products", "r1", Ui("1.0.0"), ("ui.js", Card));
        await using var users = (await ScriptedService.StartAsync()).Publishes("users", "r1", Ui("1.1.0").Replace("^1.1.0", "^1.0.0", StringComparison.Ordinal), ("ui.js", Card));
        await using var gateway = await StartAsync(products, setup => setup.Federated("users", users).Set("Stitcher:Federation:StrictConflict", "Hold"));
        await gateway.PageWithAsync("ui", "/_s/users/~r1/ui.js");
        await Eventually.HoldsAsync(() => gateway.Log.Events("ManifestTaken").Count() == 2, "both manifests are taken");
        var before = FederatedServices.MapTextOf(await gateway.GetAsync("/"));

        using var answer = await PushAsync(gateway.ManagementClient, Token, "products", FederatedServices.Manifest("products", "r2", Ui("2.0.0"), ("ui.js", Card)));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var told = await answer.Content.ReadAsStringAsync();
        Assert.Contains("revision 'r2' waits", told.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("ui is a singleton and runs in two copies", told, StringComparison.Ordinal);
        Assert.Equal(before, FederatedServices.MapTextOf(await gateway.GetAsync("/")));
    }

    private static async Task<HttpResponseMessage> PushAsync(HttpClient client, string token, string service, string manifest)
    {
        // Who does not ask first whether it may send so much can lose the answer with the connection.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_stitcher/manifests/" + service)
        {
            Content = new StringContent(manifest, Encoding.UTF8, "application/json"),
            Headers = { ExpectContinue = manifest.Length > 1024 * 1024 },
        };
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await client.SendAsync(request);
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService products, Action<GatewaySetup>? write = null) => GatewayUnderTest.StartAsync(setup => Write(setup, products, write));

    private static void Write(GatewaySetup setup, ScriptedService products, Action<GatewaySetup>? write)
    {
        setup.Federated("products", products);
        write?.Invoke(setup);
        setup
            .Set("Stitcher:Federation:PollInterval", "1h")
            .Set("Stitcher:Management:Tokens:0:Name", "build of products").Set("Stitcher:Management:Tokens:0:Token", Token).Set("Stitcher:Management:Tokens:0:Services:0", "products")
            .Set("Stitcher:Management:Tokens:1:Name", "operators").Set("Stitcher:Management:Tokens:1:Token", "anything-0123456789").Set("Stitcher:Management:Tokens:1:Services:0", "*")
            .Page("/", "<p>page</p>");
    }
}
