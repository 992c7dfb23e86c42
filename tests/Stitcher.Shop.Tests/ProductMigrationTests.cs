using Microsoft.Data.Sqlite;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class ProductMigrationTests
{
    // The tables as the shop's first files have them.
    private const string VersionOne = """
        CREATE TABLE category (slug TEXT PRIMARY KEY CHECK (slug <> '' AND slug = lower(slug)), position INTEGER NOT NULL UNIQUE,
            name TEXT NOT NULL CHECK (name <> ''), blurb TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE product (id INTEGER PRIMARY KEY CHECK (id > 0), category TEXT NOT NULL REFERENCES category (slug),
            name TEXT NOT NULL UNIQUE CHECK (name <> ''), maker TEXT NOT NULL, tagline TEXT NOT NULL, description TEXT NOT NULL, material TEXT NOT NULL,
            price_cents INTEGER NOT NULL CHECK (price_cents > 0), stock INTEGER NOT NULL CHECK (stock >= 0),
            rating REAL NOT NULL CHECK (rating BETWEEN 1 AND 5), reviews INTEGER NOT NULL CHECK (reviews >= 0), shape TEXT NOT NULL) STRICT;
        CREATE INDEX product_by_category ON product (category, id);
        INSERT INTO category VALUES ('kitchen', 1, 'Galley', 'For the table and the fire.'), ('trail', 2, 'Trail', 'For the long way home.');
        INSERT INTO product VALUES (3, 'kitchen', 'Renamed by hand', 'Fallow Kiln', 'Warm', 'A mug.', 'Stoneware', 2400, 5, 4.8, 10, 'mug');
        INSERT INTO product VALUES (80, 'trail', 'Bought in later', 'Reed & Tin', 'Tin', 'Another mug.', 'Steel', 1700, 0, 4.1, 2, 'mug');
        PRAGMA user_version = 1;
        """;

    [Fact]
    public async Task A_file_of_the_first_version_keeps_its_rows_and_gains_search_pictures_and_numbers()
    {
        using var folder = new TemporaryFolder();
        await ExecuteAsync(folder.File("products.db"), VersionOne);
        await using var service = await ShopServices.StartAsync("products", folder.File("products.db"));

        var catalog = await FragmentAnswer.OfAsync(service, "/fragments/product-catalog");
        Assert.Equal(["Renamed by hand", "Bought in later"], catalog.Page.QuerySelectorAll(".product-link").Select(link => link.TextContent));
        Assert.Equal("Renamed by hand", (await FragmentAnswer.OfAsync(service, "/fragments/product-search?q=galley")).Text(".search-name"));
        var pictures = new List<string>();
        foreach (var id in (int[])[3, 80])
        {
            pictures.Add(await service.Client.GetStringAsync(new Uri($"/assets/products/{id}.svg", UriKind.Relative), TestContext.Current.CancellationToken));
        }

        // Two drawings of one name, each from the sheet of its own shelf.
        Assert.Equal(2, pictures.Distinct().Count());
        Assert.Equal(3L, await AskAsync(folder.File("products.db"), "PRAGMA user_version"));
        Assert.Equal(80L, await AskAsync(folder.File("products.db"), "SELECT last FROM product_number"));
    }

    private static async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = await OpenAsync(file);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<object?> AskAsync(string file, string sql)
    {
        await using var connection = await OpenAsync(file);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<SqliteConnection> OpenAsync(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
