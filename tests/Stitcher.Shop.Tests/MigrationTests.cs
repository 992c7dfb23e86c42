using Microsoft.Data.Sqlite;
using Shop;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class MigrationTests : IDisposable
{
    private const string Shelves = """
        CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE thing (id INTEGER PRIMARY KEY, shelf INTEGER NOT NULL REFERENCES shelf (id) ON DELETE CASCADE, name TEXT NOT NULL) STRICT;
        """;

    private readonly TemporaryFolder _folder = new();

    private static Migration First { get; } = new(
        1, Shelves, (connection, _, _) => RunAsync(connection, "INSERT INTO shelf VALUES (1, 'kitchen'); INSERT INTO thing VALUES (1, 1, 'bowl'), (2, 1, 'ladle')"));

    private string File => _folder.File("below/shop.db");

    [Fact]
    public async Task A_file_of_version_1_is_taken_over_with_its_rows()
    {
        await Prepare(First);
        await ChangeAsync("UPDATE thing SET name = 'changed by hand' WHERE id = 2");

        await Prepare(
            First,
            new(2, "ALTER TABLE thing ADD COLUMN price INTEGER NOT NULL DEFAULT 0"),
            new(3, "", (connection, _, _) => RunAsync(connection, "UPDATE thing SET price = 100 * id")));

        Assert.Equal("bowl 100, changed by hand 200", await AskAsync("SELECT group_concat(name || ' ' || price, ', ') FROM thing"));
        Assert.Equal("3 wal", await AskAsync("SELECT user_version || ' ' || journal_mode FROM pragma_user_version, pragma_journal_mode"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_file_at_the_version_before()
    {
        await Prepare(First);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Prepare(
            First,
            new(2, "ALTER TABLE thing ADD COLUMN price INTEGER"),
            new(3, "DELETE FROM thing; INSERT INTO thing (id) VALUES ('no number')")));

        Assert.Contains($"{File} stays at version 2 of the things: version 3 cannot be made of what is in it", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("2 2", await AskAsync("SELECT user_version || ' ' || (SELECT count(*) FROM thing WHERE price IS NULL) FROM pragma_user_version"));
    }

    [Fact]
    public async Task A_table_that_others_refer_to_can_be_made_anew_without_losing_them()
    {
        await Prepare(First);

        await Prepare(First, new(2, """
            CREATE TABLE shelf2 (id INTEGER PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
            INSERT INTO shelf2 SELECT id, name, id FROM shelf;
            DROP TABLE shelf;
            ALTER TABLE shelf2 RENAME TO shelf;
            """));

        Assert.Equal("2", await AskAsync("SELECT CAST(count(*) AS TEXT) FROM thing JOIN shelf ON shelf.id = thing.shelf WHERE shelf.position = 1"));
    }

    [Fact]
    public async Task A_migration_after_which_a_row_refers_to_nothing_is_undone()
    {
        await Prepare(First);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Prepare(First, new(2, "DELETE FROM shelf")));

        Assert.Contains("2 rows of thing would refer to rows of shelf that are not there", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("1 1", await AskAsync("SELECT user_version || ' ' || (SELECT count(*) FROM shelf) FROM pragma_user_version"));
    }

    [Fact]
    public async Task Of_copies_that_start_together_one_migrates()
    {
        Migration[] migrations = [First, new(2, "INSERT INTO thing VALUES (3, 1, 'spoon')"), new(3, "INSERT INTO thing VALUES (4, 1, 'fork')")];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Prepare(migrations))));

        Assert.Equal("4", await AskAsync("SELECT CAST(count(*) AS TEXT) FROM thing"));
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_left_byte_for_byte()
    {
        await Prepare(First, new(2, "ALTER TABLE thing ADD COLUMN price INTEGER"));
        var before = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Prepare(First));

        Assert.Equal($"{File} holds version 2 of the things, this program knows version 1; remove the file to begin anew.", refusal.Message);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Migrations_are_numbered_without_a_gap()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Database(First, new Migration(3, "")));

        Assert.Contains("Migration 2 of the things has the number 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_is_kept_whole_or_not_at_all()
    {
        var database = await Prepare(First);

        await Assert.ThrowsAsync<TimeoutException>(() => database.WriteAsync<bool>(
            async (connection, _) =>
            {
                await RunAsync(connection, "DELETE FROM thing");
                throw new TimeoutException();
            },
            TestContext.Current.CancellationToken));
        var left = await database.WriteAsync(
            async (connection, _) =>
            {
                await RunAsync(connection, "DELETE FROM thing WHERE id = 1");
                return "one left";
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("one left", left);
        Assert.Equal("ladle", await AskAsync("SELECT group_concat(name) FROM thing"));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private ServiceDatabase Database(params Migration[] migrations) => new("things", File, migrations, everyStart: null, TimeProvider.System);

    private async Task<ServiceDatabase> Prepare(params Migration[] migrations)
    {
        var database = Database(migrations);
        await database.PrepareAsync(TestContext.Current.CancellationToken);
        return database;
    }

    private async Task ChangeAsync(string sql)
    {
        await using var connection = await Database(First).OpenAsync(TestContext.Current.CancellationToken);
        await RunAsync(connection, sql);
    }

    private async Task<string> AskAsync(string sql)
    {
        await using var connection = await Database(First).OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
