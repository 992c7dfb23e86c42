using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ProductStockTests(StockroomService stockroom) : IClassFixture<StockroomService>
{
    [Fact]
    public async Task Of_many_who_take_the_last_one_at_once_one_gets_it()
    {
        var id = await stockroom.CreateAsync(new(StockroomService.Fields("The very last")) { ["stock"] = "1" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => TakeAsync(stockroom.Service, $"race-{number}", (id, 1))));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(11, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Equal(0, await LeftAsync(id));
        Assert.Equal("Sold out. The next ones are being made.", (await stockroom.SeesAsync($"/fragments/product-card?id={id}")).Text(".detail-stock"));
    }

    [Fact]
    public async Task An_order_gets_all_of_its_lines_or_none()
    {
        var (plenty, few) = (await NewAsync("Plenty", 10), await NewAsync("Few", 2));

        var (status, body) = await TakeAsync(stockroom.Service, "all-or-none", (plenty, 3), (few, 3), (99_999, 1));

        Assert.Equal(HttpStatusCode.Conflict, status);
        using var told = JsonDocument.Parse(body);
        Assert.Equal([(few, 2), (99_999, 0)], told.RootElement.GetProperty("gone").EnumerateArray().Select(gone => (gone.GetProperty("id").GetInt32(), gone.GetProperty("left").GetInt32())));
        Assert.Equal((10, 2), (await LeftAsync(plenty), await LeftAsync(few)));
    }

    [Fact]
    public async Task The_same_key_takes_once_however_often_and_however_fast_it_is_sent()
    {
        var id = await NewAsync("Asked for in a hurry", 9);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeAsync(stockroom.Service, "one-key", (id, 2))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(7, await LeftAsync(id));
    }

    [Fact]
    public async Task A_key_that_found_too_little_may_try_again_when_there_is_more()
    {
        var id = await NewAsync("Not enough yet", 1);
        Assert.Equal(HttpStatusCode.Conflict, (await TakeAsync(stockroom.Service, "patient", (id, 3))).Status);
        var form = await stockroom.FormAsync($"/fragments/product-form?id={id}", $"/admin/products/{id}");
        using (await stockroom.PostAsync($"/admin/products/{id}", new(form) { ["stock"] = "5" }))
        {
        }

        Assert.Equal(HttpStatusCode.OK, (await TakeAsync(stockroom.Service, "patient", (id, 3))).Status);
        Assert.Equal(2, await LeftAsync(id));
    }

    [Fact]
    public async Task What_is_returned_is_back_once_and_a_late_taking_finds_the_order_given_up()
    {
        var id = await NewAsync("Given back", 4);
        await TakeAsync(stockroom.Service, "given-up", (id, 3));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await ReturnAsync("given-up"));
        }

        Assert.Equal(4, await LeftAsync(id));
        Assert.Equal(HttpStatusCode.Conflict, (await TakeAsync(stockroom.Service, "given-up", (id, 1))).Status);

        Assert.Equal(HttpStatusCode.OK, await ReturnAsync("never-taken"));
        Assert.Equal(HttpStatusCode.Conflict, (await TakeAsync(stockroom.Service, "never-taken", (id, 1))).Status);
        Assert.Equal(4, await LeftAsync(id));
    }

    [Fact]
    public async Task Takings_that_nobody_asks_about_any_more_are_forgotten_a_few_with_each_new_one()
    {
        await using var connection = new SqliteConnection($"Data Source={stockroom.Database};Pooling=False;Foreign Keys=True");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 30)
            INSERT INTO stock_take (key, taken_at) SELECT 'old-' || n, datetime('now', '-91 days') FROM number UNION ALL SELECT 'young', datetime('now', '-89 days');
            INSERT INTO stock_take_line (key, product, quantity) SELECT key, 1, 1 FROM stock_take WHERE key LIKE 'old-%';
            """;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        command.CommandText = "SELECT count(*) FILTER (WHERE key LIKE 'old-%') || ' ' || count(*) FILTER (WHERE key = 'young') || ' ' || (SELECT count(*) FROM stock_take_line WHERE key LIKE 'old-%') FROM stock_take";
        var id = await NewAsync("Sold while tidying", 9);

        await TakeAsync(stockroom.Service, "tidy-1", (id, 1));
        Assert.Equal("10 1 10", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        await TakeAsync(stockroom.Service, "tidy-2", (id, 1));
        Assert.Equal("0 1 0", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.Equal(7, await LeftAsync(id));
    }

    [Fact]
    public async Task Two_lines_of_one_product_count_together()
    {
        var id = await NewAsync("Named twice", 5);

        Assert.Equal(HttpStatusCode.Conflict, (await TakeAsync(stockroom.Service, "twice-a", (id, 3), (id, 3))).Status);
        Assert.Equal(HttpStatusCode.OK, (await TakeAsync(stockroom.Service, "twice-b", (id, 2), (id, 3))).Status);
        Assert.Equal(0, await LeftAsync(id));
    }

    [Theory]
    [InlineData("""{ "lines": [ { "id": 1, "quantity": 1 } ] }""")]
    [InlineData("""{ "key": "", "lines": [ { "id": 1, "quantity": 1 } ] }""")]
    [InlineData("""{ "key": "k" }""")]
    [InlineData("""{ "key": "k", "lines": [] }""")]
    [InlineData("""{ "key": "k", "lines": [ null ] }""")]
    [InlineData("""{ "key": "k", "lines": [ { "id": 1, "quantity": 0 } ] }""")]
    [InlineData("""{ "key": "k", "lines": [ { "id": 1, "quantity": -5 } ] }""")]
    [InlineData("""{ "key": "k", "lines": [ { "id": 0, "quantity": 1 } ] }""")]
    [InlineData("""{ "key": "k", "lines": [ { "id": 1, "quantity": 1000 } ] }""")]
    [InlineData("""{ "key": "k", "lines": "all" }""")]
    [InlineData("not json")]
    public async Task A_request_that_makes_no_sense_takes_nothing(string body)
    {
        var before = await LeftAsync(1);
        using var content = new StringContent(body, null, "application/json");
        using var answer = await stockroom.Service.Client.PostAsync(new Uri("/stock/take", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, await LeftAsync(1));
    }

    internal static async Task<(HttpStatusCode Status, string Body)> TakeAsync(ServiceProcess service, string key, params (int Id, int Quantity)[] lines)
    {
        using var answer = await service.Client.PostAsJsonAsync(
            new Uri("/stock/take", UriKind.Relative),
            new { key, lines = lines.Select(line => new { id = line.Id, quantity = line.Quantity }) },
            TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<HttpStatusCode> ReturnAsync(string key)
    {
        using var answer = await stockroom.Service.Client.PostAsJsonAsync(new Uri("/stock/return", UriKind.Relative), new { key }, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private Task<int> NewAsync(string name, int stock) =>
        stockroom.CreateAsync(new(StockroomService.Fields(name)) { ["stock"] = stock.ToString(System.Globalization.CultureInfo.InvariantCulture) });

    private async Task<int> LeftAsync(int id)
    {
        using var told = JsonDocument.Parse(await stockroom.Service.Client.GetStringAsync(new Uri($"/api/products/{id}", UriKind.Relative), TestContext.Current.CancellationToken));
        return told.RootElement.GetProperty("stock").GetInt32();
    }
}
