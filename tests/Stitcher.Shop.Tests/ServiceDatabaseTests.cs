using Microsoft.Data.Sqlite;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ServiceDatabaseTests(ShopServices shop)
{
    [Theory]
    [InlineData("products", "UPDATE product SET name = 'Changed by hand' WHERE id = 1", "/fragments/product-card?id=1")]
    [InlineData("users", "UPDATE user SET name = 'Changed by hand' WHERE id = 1", "/fragments/user-profile")]
    [InlineData("orders", "UPDATE line SET product_name = 'Changed by hand'", "/fragments/order-history")]
    [InlineData("analytics", "UPDATE event SET title = 'Changed by hand'", "/fragments/analytics-dashboard")]
    public async Task A_second_start_keeps_what_the_first_left(string service, string change, string path)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("sub/folder/shop.db");
        await using (await ShopServices.StartAsync(service, file))
        {
            await ExecuteAsync(file, change);
        }

        await using var second = await ShopServices.StartAsync(service, file);

        Assert.Contains("Changed by hand", (await FragmentAnswer.OfAsync(second, path, IdentityToken.For(service, "1"))).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("products")]
    [InlineData("users")]
    [InlineData("orders")]
    [InlineData("analytics")]
    public async Task A_file_that_is_no_database_is_one_clear_sentence_and_stays_as_it_is(string service)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("shop.db");
        await File.WriteAllTextAsync(file, new string('x', 5000), TestContext.Current.CancellationToken);

        var (code, output) = await ServiceProcess.RunToEndAsync(ShopServices.Projects[service], new Dictionary<string, string> { ["Database"] = file });

        Assert.NotEqual(0, code);
        Assert.Contains($"{file} is not a sound database", output, StringComparison.Ordinal);
        Assert.Contains("remove the file to begin anew", output, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("products")]
    [InlineData("analytics")]
    public async Task A_file_of_another_version_is_not_touched(string service)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("shop.db");
        await ExecuteAsync(file, "PRAGMA user_version = 99");

        var (code, output) = await ServiceProcess.RunToEndAsync(ShopServices.Projects[service], new Dictionary<string, string> { ["Database"] = file });

        Assert.NotEqual(0, code);
        Assert.Contains("holds version 99", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_copies_that_start_together_on_one_file_both_serve_it_whole()
    {
        using var folder = new TemporaryFolder();
        var starts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ShopServices.StartAsync("products", folder.File("shop.db"))));

        foreach (var service in starts)
        {
            await using (service)
            {
                Assert.Equal(66, (await FragmentAnswer.OfAsync(service, "/fragments/product-catalog?maxItems=100")).Count(".product-card"));
            }
        }
    }

    [Theory]
    [InlineData("products", "INSERT INTO product SELECT 100, 'no-such-shelf', 'x', maker, tagline, description, material, 1, 1, 5, 0, drawing, 1 FROM product WHERE id = 1")]
    [InlineData("products", "UPDATE product SET price_cents = 0 WHERE id = 1")]
    [InlineData("products", "UPDATE product SET rating = 6 WHERE id = 1")]
    [InlineData("users", "UPDATE user SET email = 'nobody' WHERE id = 1")]
    [InlineData("orders", "UPDATE purchase SET status = 'lost'")]
    [InlineData("users", "UPDATE user SET member_since = '2024-02-30' WHERE id = 1")]
    [InlineData("orders", "UPDATE purchase SET placed_on = 'yesterday'")]
    [InlineData("orders", "INSERT INTO line VALUES (9999, 1, 1, 'x', 1, 1)")]
    [InlineData("orders", "UPDATE line SET quantity = 0")]
    [InlineData("analytics", "UPDATE event SET name = 'guessed'")]
    [InlineData("analytics", "UPDATE event SET path = NULL WHERE name = 'page_viewed'")]
    [InlineData("analytics", "UPDATE event SET day = 'today'")]
    public async Task The_tables_refuse_what_cannot_be(string service, string nonsense)
    {
        var refusal = await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(shop.DatabaseOf(service), nonsense));

        Assert.Equal(19, refusal.SqliteErrorCode);
    }

    [Fact]
    public async Task The_address_can_be_set_by_the_usual_variable()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Take();
        await using var service = await ServiceProcess.StartAsync(
            ShopServices.Projects["users"],
            new Dictionary<string, string> { ["Database"] = folder.File("users.db"), ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" },
            arguments: []);

        Assert.Equal(port, service.Address.Port);
    }

    private static async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Foreign Keys=True;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
