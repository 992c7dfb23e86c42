using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ProductPurgeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _told = new();
    private ScriptedService? _gateway;
    private ServiceProcess? _service;

    [Fact]
    public async Task A_gateway_is_told_which_product_has_changed_and_that_lists_have()
    {
        await ProductStockTests.TakeAsync(Service, "one", (7, 1));

        Assert.Equal(["products catalog hard", "products product:7 hard"], _told.Order(StringComparer.Ordinal));
        Assert.All(_gateway!.Requests, request => Assert.Equal("Bearer a-token-of-sixteen", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_change_of_very_many_products_is_told_in_one_word()
    {
        await ProductStockTests.TakeAsync(Service, "many", [.. Enumerable.Range(1, 12).Select(id => (id, 1))]);

        Assert.Equal(["products everything hard"], _told);
    }

    [Fact]
    public async Task What_was_refused_or_is_sent_again_is_told_to_nobody()
    {
        await ProductStockTests.TakeAsync(Service, "too-many", (65, 100));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_gateway_that_refuses_or_is_away_costs_no_change()
    {
        _gateway!.Answers("/_stitcher/purge", Answer.Status(403));
        Assert.Equal(HttpStatusCode.OK, (await ProductStockTests.TakeAsync(Service, "refused", (7, 1))).Status);
        await Eventually.HoldsAsync(() => Task.FromResult(Service.Output.Contains("it answered 403", StringComparison.Ordinal)), "the log names the refusal");

        await _gateway.DisposeAsync();
        Assert.Equal(HttpStatusCode.OK, (await ProductStockTests.TakeAsync(Service, "away", (7, 1))).Status);
        await Eventually.HoldsAsync(() => Task.FromResult(Service.Output.Contains("could not be told to forget", StringComparison.Ordinal)), "the log names the outage");
    }

    [Fact]
    public async Task The_token_may_lie_in_a_file()
    {
        await File.WriteAllTextAsync(_folder.File("token"), "a-token-of-a-file\n", TestContext.Current.CancellationToken);
        await using var service = await ServiceProcess.StartAsync(ShopServices.Projects["products"], new Dictionary<string, string>
        {
            ["Database"] = _folder.File("with-file.db"),
            ["Gateway__Purge__Address"] = _gateway!.Address,
            ["Gateway__Purge__TokenFile"] = _folder.File("token"),
            ["Gateway__Purge__Patience"] = "00:00:20",
        });

        await ProductStockTests.TakeAsync(service, "one", (7, 1));

        Assert.Equal(2, _gateway.Requests.Count(request => request.Headers["Authorization"] == "Bearer a-token-of-a-file"));
    }

    [Theory]
    [InlineData("gateway", "a-token-of-sixteen", "00:00:01", "Gateway:Purge:Address is no address")]
    [InlineData("http://127.0.0.1:3001", "", "00:00:01", "Gateway:Purge:Token is missing")]
    [InlineData("http://127.0.0.1:3001", "a-token-of-sixteen", "01:00:00", "Gateway:Purge:Patience is out of range")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_with_a_sentence(string address, string token, string patience, string sentence)
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(ShopServices.Projects["products"], new Dictionary<string, string>
        {
            ["Database"] = _folder.File("other.db"),
            ["Gateway__Purge__Address"] = address,
            ["Gateway__Purge__Token"] = token,
            ["Gateway__Purge__Patience"] = patience,
        });

        Assert.NotEqual(0, code);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        _gateway = await ScriptedService.StartAsync();
        _gateway.AnswersBody("/_stitcher/purge", body =>
        {
            using var json = JsonDocument.Parse(body);
            var tag = json.RootElement.TryGetProperty("tag", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : "everything";
            _told.Enqueue($"{json.RootElement.GetProperty("service").GetString()} {tag} {json.RootElement.GetProperty("mode").GetString()}");
            return Answer.Of("application/json", "{}"u8.ToArray());
        });
        _service = await ServiceProcess.StartAsync(ShopServices.Projects["products"], new Dictionary<string, string>
        {
            ["Database"] = _folder.File("products.db"),
            ["Gateway__Purge__Address"] = _gateway.Address,
            ["Gateway__Purge__Token"] = "a-token-of-sixteen",
            ["Gateway__Purge__Patience"] = "00:00:20",
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        _folder.Dispose();
    }

    private ServiceProcess Service => _service!;
}
