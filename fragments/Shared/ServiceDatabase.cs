using Microsoft.Data.Sqlite;

namespace Shop;

/// <summary>A service's own SQLite file: made at the first start, brought up to date at each, and never emptied.</summary>
internal sealed class ServiceDatabase
{
    // Seconds. Writers take turns, and each waits for the disk: twenty at once on a busy one are not done in five.
    private const int MostWaiting = 15;

    private readonly string _name;
    private readonly string _file;
    private readonly IReadOnlyList<Migration> _migrations;
    private readonly DatabaseStep? _everyStart;
    private readonly TimeProvider _time;
    private readonly string _connection;

    /// <param name="name">What is in it, for messages: <c>products</c>.</param>
    /// <param name="file">Where it is; its folder need not be there.</param>
    /// <param name="migrations">From version 1 on, without a gap.</param>
    /// <param name="everyStart">Done at each start once the tables are up to date. Null: nothing.</param>
    /// <param name="time">The service's clock.</param>
    /// <exception cref="ArgumentException">The migrations are not numbered 1, 2, 3 and so on.</exception>
    public ServiceDatabase(string name, string file, IReadOnlyList<Migration> migrations, DatabaseStep? everyStart, TimeProvider time)
    {
        foreach (var (index, migration) in migrations.Index())
        {
            if (migration.Number != index + 1)
            {
                throw new ArgumentException(
                    $"Migration {index + 1} of the {name} has the number {migration.Number}; they are numbered 1, 2, 3 in the order they are listed.",
                    nameof(migrations));
            }
        }

        (_name, _file, _migrations, _everyStart, _time) = (name, file, migrations, everyStart, time);
        _connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = MostWaiting }.ToString();
    }

    /// <summary>A connection with foreign keys enforced, to be disposed of by the caller.</summary>
    public Task<SqliteConnection> OpenAsync(CancellationToken ct) => OpenAsync(_connection, ct);

    /// <summary>Does something in one write transaction: all of it is kept, or none.</summary>
    /// <param name="work">Gets the connection; an exception of it undoes what it did. The lock is taken before it begins, so what it reads stays true.</param>
    /// <returns>What <paramref name="work"/> returned.</returns>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var transaction = connection.BeginTransaction(deferred: false);
        var result = await work(connection, ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <summary>Makes the file or brings it up to date, each migration in a transaction of its own.</summary>
    /// <exception cref="InvalidOperationException">The file is none of ours, is of a later version, or a migration cannot be applied to its rows.</exception>
    public async Task PrepareAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        try
        {
            await MigrateAsync(ct);
            if (_everyStart is { } step)
            {
                await WriteAsync(
                    async (connection, token) =>
                    {
                        await step(connection, _time, token);
                        return true;
                    },
                    ct);
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 11 or 26)
        {
            throw new InvalidOperationException($"{_file} is not a sound database ({e.Message}); remove the file to begin anew.", e);
        }
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        // A table that others refer to can only be rebuilt while foreign keys are not enforced, and that cannot be changed inside a transaction.
        var connectionString = new SqliteConnectionStringBuilder(_connection) { ForeignKeys = false, Pooling = false }.ToString();
        await using var connection = await OpenAsync(connectionString, ct);
        await CheckVersionAsync(connection, ct);
        await ExecuteAsync(connection, "PRAGMA journal_mode = WAL", ct);
        while (await MigrateOnceAsync(connection, ct))
        {
        }
    }

    /// <returns>False when there was nothing left to do.</returns>
    private async Task<bool> MigrateOnceAsync(SqliteConnection connection, CancellationToken ct)
    {
        // The version is written in the same transaction as the rows: a start that was cut off leaves the file as it was, never half of
        // a migration. The write lock is taken before the look, so that of two copies that start together one waits and finds it done.
        await using var transaction = connection.BeginTransaction(deferred: false);
        var version = await CheckVersionAsync(connection, ct);
        if (version == _migrations.Count)
        {
            return false;
        }

        var migration = _migrations[version];
        try
        {
            await ExecuteAsync(connection, migration.Sql, ct);
            if (migration.Fill is { } fill)
            {
                await fill(connection, _time, ct);
            }

            await CheckReferencesAsync(connection, migration, ct);
            await ExecuteAsync(connection, $"PRAGMA user_version = {migration.Number}", ct);
            await transaction.CommitAsync(ct);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is not (11 or 26))
        {
            throw new InvalidOperationException(
                $"{_file} stays at version {version} of the {_name}: version {migration.Number} cannot be made of what is in it ({e.Message}).", e);
        }

        return true;
    }

    private async Task<int> CheckVersionAsync(SqliteConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (long)(await command.ExecuteScalarAsync(ct))!;
        return version >= 0 && version <= _migrations.Count
            ? (int)version
            : throw new InvalidOperationException(
                $"{_file} holds version {version} of the {_name}, this program knows version {_migrations.Count}; remove the file to begin anew.");
    }

    private async Task CheckReferencesAsync(SqliteConnection connection, Migration migration, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 LIMIT 1";
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (await reader.ReadAsync(ct))
        {
            throw new InvalidOperationException(
                $"{_file} stays as it is: after migration {migration.Number} of the {_name}, {reader.GetInt32(2)} rows of {reader.GetString(0)} "
                + $"would refer to rows of {reader.GetString(1)} that are not there.");
        }
    }

    private static async Task<SqliteConnection> OpenAsync(string connectionString, CancellationToken ct)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }
}
